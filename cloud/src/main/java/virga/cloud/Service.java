package virga.cloud;

import virga.model.ServiceModel;

/** One AWS service: its model, and the handlers that it binds. Made once, serves every environment: it keeps no state of its own. */
public interface Service {
    ServiceModel model();

    /** Binds handlers, tasks, pollers and provisioners. Operations left unbound answer NotImplemented. */
    void bind(Binder binder);
}
