package virga.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import virga.kernel.Bug;

/** The cryptography of Signature Version 4. */
final class Signing {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private Signing() {}

    /** The key that signs for one secret, day, region and service. */
    static byte[] key(String secret, CredentialScope scope) {
        byte[] day = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
        return hmac(hmac(hmac(day, scope.region()), scope.service()), "aws4_request");
    }

    static String signature(byte[] key, String stringToSign) {
        return HexFormat.of().formatHex(hmac(key, stringToSign));
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new Bug("every JDK has HmacSHA256", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new Bug("every JDK has SHA-256", e);
        }
    }

    static String sha256Hex(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    static String sha256Hex(String text) {
        return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
