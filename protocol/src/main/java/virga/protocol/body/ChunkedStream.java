package virga.protocol.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import virga.protocol.signature.ChunkSigner;

/**
 * Undoes {@code aws-chunked}: a line with the size in hexadecimal and perhaps a signature, that many bytes, and so on to a chunk of
 * size zero, then trailers. A chunk is held back until its signature is checked. Source: "Signature calculations ... (chunked upload)"
 * and "... including trailing headers", Amazon S3 API Reference.
 */
final class ChunkedStream extends InputStream {
    private static final int LONGEST_LINE = 8192;
    /** AWS's SDKs send 64 KiB to 1 MiB; the chunk must fit into memory to be checked. */
    private static final int LARGEST_CHUNK = 64 * 1024 * 1024;

    private final InputStream in;
    private final ChunkSigner signer;
    private final boolean signedTrailer;
    private final Checksum checksum;
    private final String checksumName;
    private byte[] chunk = new byte[0];
    private int at;
    private boolean ended;

    /**
     * @param signer {@code null} where chunks are not signed
     * @param trailer the one checksum that the trailer is to hold, as in {@code x-amz-checksum-crc32}; empty for none
     */
    ChunkedStream(InputStream in, ChunkSigner signer, boolean signedTrailer, String trailer) {
        this.in = in;
        this.signer = signer;
        this.signedTrailer = signedTrailer;
        this.checksumName = trailer;
        this.checksum = Checksum.forHeader(trailer).orElse(null);
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, buffer, from, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (at < chunk.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        String head = line();
        int semicolon = head.indexOf(';');
        int size = size(semicolon < 0 ? head : head.substring(0, semicolon));
        chunk = in.readNBytes(size);
        at = 0;
        if (chunk.length < size) {
            throw BodyFaults.incomplete();
        }
        checkSignature(head, semicolon);
        if (size == 0) {
            ended = true;
            readTrailers();
            return false;
        }
        if (checksum != null) {
            checksum.update(chunk, 0, size);
        }
        if (!line().isEmpty()) {
            throw BodyFaults.incomplete();
        }
        return true;
    }

    private void checkSignature(String head, int semicolon) {
        if (signer == null) {
            return;
        }
        String wanted = ";chunk-signature=";
        String given =
                semicolon >= 0 && head.startsWith(wanted, semicolon) ? head.substring(semicolon + wanted.length()) : "";
        if (!signer.next(chunk).equals(given)) {
            throw BodyFaults.chunkSignature();
        }
    }

    private void readTrailers() throws IOException {
        Map<String, String> trailers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw BodyFaults.malformedTrailer();
            }
            trailers.put(
                    line.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String signature = trailers.remove("x-amz-trailer-signature");
        if (signedTrailer && signer != null) {
            StringBuilder signed = new StringBuilder();
            trailers.forEach((name, value) ->
                    signed.append(name).append(':').append(value).append('\n'));
            if (!signer.trailer(signed.toString()).equals(signature)) {
                throw BodyFaults.chunkSignature();
            }
        }
        if (checksum != null) {
            String expected = trailers.get(checksumName.toLowerCase(java.util.Locale.ROOT));
            if (expected == null) {
                throw BodyFaults.malformedTrailer();
            }
            if (!checksum.base64().equals(expected)) {
                throw BodyFaults.badDigest(RequestBody.algorithm(checksumName));
            }
        }
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text.strip(), 16);
            if (size >= 0 && size <= LARGEST_CHUNK) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a size out of range is.
        }
        throw BodyFaults.incomplete();
    }

    /** A line without its end; empty at the end of the body. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(96);
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw BodyFaults.incomplete();
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
