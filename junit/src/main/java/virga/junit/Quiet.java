package virga.junit;

import virga.model.cloudformation.StackEvent;
import virga.server.deploy.Deployment;

/** A deployment's progress, told to nobody: how it ended is enough. */
enum Quiet implements Deployment.Listener {
    LISTENER;

    @Override
    public void note(String line) {
        // Nobody reads along.
    }

    @Override
    public void event(StackEvent event) {
        // The result names the first failure.
    }
}
