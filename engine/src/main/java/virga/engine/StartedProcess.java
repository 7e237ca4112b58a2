package virga.engine;

import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeEndpoint;

/** A process with its Runtime API, before anyone waits for it. */
record StartedProcess(Sandbox sandbox, RuntimeEndpoint endpoint, Conversation conversation, Process process) {
    /** Ends the process and its Runtime API, whatever it is doing. */
    void end() {
        conversation.end();
        sandbox.close();
        endpoint.close();
    }
}
