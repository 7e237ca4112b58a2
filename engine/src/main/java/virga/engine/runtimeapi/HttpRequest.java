package virga.engine.runtimeapi;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.kernel.Bytes;

/**
 * One HTTP/1.1 request from a runtime on this machine: with a length, in chunks, or without a body.
 *
 * @param headers by lower-case name
 * @param bodyTooLong the length of a body that was longer than the limit and was thrown away, else 0
 */
record HttpRequest(String method, String path, Map<String, String> headers, Bytes body, long bodyTooLong) {
    private static final int LONGEST_LINE = 1 << 16;

    /** The next request of a connection, or empty where the other side closed it between two requests. */
    static Optional<HttpRequest> read(InputStream in, OutputStream out, int longestBody) throws IOException {
        String first = line(in);
        if (first == null) {
            return Optional.empty();
        }
        String[] parts = first.split(" ");
        if (parts.length != 3) {
            throw new ProtocolException("not a request line: " + first);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = required(in); !line.isEmpty(); line = required(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        Body body = new Body(longestBody);
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            readChunks(in, body);
        } else {
            body.copy(in, Long.parseLong(headers.getOrDefault("content-length", "0")));
        }
        String path = parts[1].contains("?") ? parts[1].substring(0, parts[1].indexOf('?')) : parts[1];
        return Optional.of(new HttpRequest(parts[0], path, headers, body.kept(), body.tooLong()));
    }

    boolean keepsConnection() {
        return !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private static void readChunks(InputStream in, Body body) throws IOException {
        while (true) {
            String size = required(in);
            int extension = size.indexOf(';');
            long length = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (length == 0) {
                while (!required(in).isEmpty()) {
                    // Trailers (a streamed error's) are read and not kept.
                }
                return;
            }
            body.copy(in, length);
            required(in);
        }
    }

    private static String required(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("the connection ended within a request");
        }
        return line;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("the connection ended within a line");
            }
            if (line.size() > LONGEST_LINE) {
                throw new ProtocolException("a header line is too long");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Keeps a body up to a limit, and counts on where it is longer. */
    private static final class Body {
        private final int limit;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long length;

        Body(int limit) {
            this.limit = limit;
        }

        void copy(InputStream in, long bytes) throws IOException {
            byte[] buffer = new byte[(int) Math.min(1 << 16, Math.max(1, bytes))];
            long left = bytes;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the connection ended within a body");
                }
                left -= read;
                length += read;
                if (length <= limit) {
                    kept.write(buffer, 0, read);
                }
            }
        }

        Bytes kept() {
            return length > limit ? Bytes.EMPTY : Bytes.wrap(kept.toByteArray());
        }

        long tooLong() {
            return length > limit ? length : 0;
        }
    }
}
