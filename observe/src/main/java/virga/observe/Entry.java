package virga.observe;

import java.time.Instant;
import virga.kernel.CallRecord;
import virga.kernel.Scope;

/** Something on its way into the store. */
sealed interface Entry {
    /** Roughly what it takes in memory, bytes. */
    long weight();

    record Recorded(CallRecord record) implements Entry {
        @Override
        public long weight() {
            return 512L + record.input().length() + record.output().length();
        }
    }

    record Logged(Scope scope, String group, String stream, Instant at, String message, String recordId)
            implements Entry {
        @Override
        public long weight() {
            return 128L + message.length();
        }
    }
}
