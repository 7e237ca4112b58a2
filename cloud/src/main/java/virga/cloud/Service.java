package virga.cloud;

import java.util.List;
import virga.model.ServiceModel;

/** One AWS service: its model, and the handlers that it binds. Made once, serves every environment: it keeps no state of its own. */
public interface Service {
    ServiceModel model();

    /** Binds handlers, tasks, pollers and provisioners. Operations left unbound answer NotImplemented. */
    void bind(Binder binder);

    /**
     * Members of bound operations' inputs that are not done: a call that sets one is answered {@code VirgaUnsupported} with its path,
     * before the handler runs. Unset, false and empty values pass, and the one value after an equals sign.
     *
     * @return as in {@code PutItem.ReturnValues=NONE} or {@code SendMessageBatch.Entries[].MessageGroupId}; a path that the model does
     *     not have is a bug
     */
    default List<String> unsupported() {
        return List.of();
    }
}
