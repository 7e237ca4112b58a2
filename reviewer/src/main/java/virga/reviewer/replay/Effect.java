package virga.reviewer.replay;

import java.util.SortedSet;
import virga.observe.json.Json;

/**
 * One thing that an event changed outside the function.
 *
 * @param kind what sort of thing: a final state or something that was sent
 * @param resource the table, queue, bus, bucket or function
 * @param content what is compared: the item with its key, the message, the event
 * @param consumer the function that a sent thing went to within the lineage; empty where it stays, or where nobody took it
 * @param makers the functions that did it, by name
 */
record Effect(Kind kind, String resource, Json content, String consumer, SortedSet<String> makers) {
    enum Kind {
        ITEM("item in"),
        OBJECT("object in"),
        MESSAGE("message to"),
        EVENT("event on"),
        INVOCATION("invocation of"),
        EXECUTION("execution of"),
        CALL("call of");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Effects of one group are compared with each other. */
    String group() {
        return kind.words + " " + resource;
    }

    /** Whether it is a state that stands, not something that was sent. */
    boolean stands() {
        return kind == Kind.ITEM || kind == Kind.OBJECT;
    }
}
