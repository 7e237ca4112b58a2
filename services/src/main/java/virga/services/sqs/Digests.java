package virga.services.sqs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Bug;

/** The MD5 digests that clients check. Source: "Amazon SQS message metadata: calculating the MD5 digest", Developer Guide. */
final class Digests {
    private static final int TEXT = 1;
    private static final int BINARY = 2;

    private Digests() {}

    static String ofBody(String body) {
        return md5(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Attributes in the order of their names: name, type, kind of value and value, lengths as four bytes, big endian. */
    static String ofAttributes(Map<String, Message.Attribute> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            part(out, name.getBytes(StandardCharsets.UTF_8));
            part(out, attribute.type().getBytes(StandardCharsets.UTF_8));
            if (attribute.type().startsWith("Binary")) {
                out.write(BINARY);
                part(out, attribute.binary().unsafeArray());
            } else {
                out.write(TEXT);
                part(out, attribute.text().getBytes(StandardCharsets.UTF_8));
            }
        });
        return md5(out.toByteArray());
    }

    private static void part(ByteArrayOutputStream out, byte[] content) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(content);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java platform has MD5", e);
        }
    }
}
