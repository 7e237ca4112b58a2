package virga.kernel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An immutable run of bytes, compared as unsigned bytes from the left. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** {@code content} itself, not copied: the caller promises never to write to it again. */
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    public static Bytes ofUtf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Bytes ofBase64(String text) {
        return wrap(Base64.getDecoder().decode(text));
    }

    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public byte at(int index) {
        return content[index];
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return wrap(Arrays.copyOfRange(content, from, to));
    }

    public boolean startsWith(Bytes prefix) {
        return prefix.content.length <= content.length
                && Arrays.equals(content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** The array behind this value, not copied: the caller promises to read only. For codecs and native calls. */
    public byte[] unsafeArray() {
        return content;
    }

    public InputStream asInputStream() {
        return new ByteArrayInputStream(content);
    }

    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(content);
    }

    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** For people: the length and the first bytes, never the whole. */
    @Override
    public String toString() {
        return content.length <= 16 ? "0x" + hex() : "0x" + slice(0, 16).hex() + "…(" + content.length + " bytes)";
    }
}
