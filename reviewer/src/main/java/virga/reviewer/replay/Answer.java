package virga.reviewer.replay;

import virga.observe.json.Json;

/** What came of one delivery. */
record Answer(boolean succeeded, Json content) {
    /** Whether the event counts as done: no error, and no item of a batch reported as failed. */
    boolean handled() {
        return succeeded
                && !(content instanceof Json.Structure structure
                        && structure.fields().get("batchItemFailures") instanceof Json.Array failures
                        && !failures.elements().isEmpty());
    }
}
