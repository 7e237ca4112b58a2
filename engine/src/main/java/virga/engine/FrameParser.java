package virga.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes a worker's output apart into log events: raw lines, and frames that runtimes write for messages of several lines. A frame is
 * a type ({@code 0xa55a00..}), a length and a time in microseconds, then the text: the framing of Lambda's telemetry. A mark is a
 * frame that the engine itself wrote into the pipe; when it comes out, all that was written before it has come out too.
 */
final class FrameParser {
    private static final int HEADER_BYTES = 16;
    private static final int LONGEST_LINE_BYTES = 1 << 18;
    private static final int LONGEST_FRAME_BYTES = 1 << 24;
    private static final byte FIRST = (byte) 0xa5;
    private static final byte SECOND = (byte) 0x5a;
    private static final byte TEXT = 0;
    private static final byte MARK = 1;

    private final Listener listener;
    private byte[] pending = new byte[1 << 13];
    private int from;
    private int to;

    /** Told of what was found, in order. */
    interface Listener {
        void line(String text);

        void message(long epochMicros, String text);

        void mark(long number);
    }

    FrameParser(Listener listener) {
        this.listener = listener;
    }

    /** The bytes of a mark. */
    static byte[] mark(long number) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(FIRST)
                .put(SECOND)
                .put(MARK)
                .put((byte) 0)
                .putInt(0)
                .putLong(number)
                .array();
    }

    void feed(byte[] bytes, int length) {
        if (pending.length - to < length) {
            int kept = to - from;
            byte[] wider = kept + length > pending.length
                    ? Arrays.copyOf(pending, Math.max(2 * pending.length, kept + length))
                    : pending;
            System.arraycopy(pending, from, wider, 0, kept);
            pending = wider;
            from = 0;
            to = kept;
        }
        System.arraycopy(bytes, 0, pending, to, length);
        to += length;
        boolean more = true;
        while (more && from < to) {
            more = takeOne() || takeBroken(length);
        }
    }

    /**
     * A frame that is not complete where a mark comes is none: a function wrote what looks like one, or two processes wrote at once. It
     * is given as a line, so that who waits for the mark is not kept waiting. Only what came last, {@code length} bytes, can hold a mark.
     */
    private boolean takeBroken(int length) {
        int first = Math.max(from + 1, to - length - HEADER_BYTES);
        for (int at = first; at + HEADER_BYTES <= to; at++) {
            if (startsFrame(at)
                    && pending[at + 2] == MARK
                    && ByteBuffer.wrap(pending).getInt(at + 4) == 0) {
                line(at);
                from = at;
                return true;
            }
        }
        return false;
    }

    /** The output has ended: what is left is a line without its end. */
    void finish() {
        if (from < to) {
            line(to);
            from = to;
        }
    }

    /** Takes one line or frame from the front; false where it is not complete yet. */
    private boolean takeOne() {
        if (startsFrame(from)) {
            return takeFrame();
        }
        for (int at = from; at < to; at++) {
            if (pending[at] == '\n') {
                line(at);
                from = at + 1;
                return true;
            }
            if (at > from && startsFrame(at)) {
                line(at);
                from = at;
                return true;
            }
        }
        if (to - from > LONGEST_LINE_BYTES) {
            line(to);
            from = to;
        }
        return false;
    }

    private boolean takeFrame() {
        if (to - from < HEADER_BYTES) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(pending, from, HEADER_BYTES);
        byte kind = header.get(from + 2);
        int length = Math.clamp(header.getInt(from + 4), 0, LONGEST_FRAME_BYTES);
        long number = header.getLong(from + 8);
        if (to - from < HEADER_BYTES + length) {
            return false;
        }
        if (kind == MARK) {
            listener.mark(number);
        } else {
            listener.message(number, new String(pending, from + HEADER_BYTES, length, StandardCharsets.UTF_8));
        }
        from += HEADER_BYTES + length;
        return true;
    }

    /** Whether a frame begins at {@code at}, as far as can be seen: text in UTF-8 never has these bytes and then a control byte. */
    private boolean startsFrame(int at) {
        return pending[at] == FIRST
                && (at + 1 >= to || pending[at + 1] == SECOND)
                && (at + 2 >= to || pending[at + 2] == TEXT || pending[at + 2] == MARK);
    }

    private void line(int end) {
        int last = end > from && pending[end - 1] == '\r' ? end - 1 : end;
        listener.line(new String(pending, from, last - from, StandardCharsets.UTF_8));
    }
}
