package virga.services.ssm;

import java.util.Optional;
import virga.kernel.Bytes;
import virga.model.ssm.InvalidNextToken;

/** Where a listing goes on: behind the last key that was answered. */
final class NextToken {
    private NextToken() {}

    static String after(String key) {
        return Bytes.ofUtf8(key).base64();
    }

    static Optional<String> read(Optional<String> token) {
        try {
            return token.map(text -> Bytes.ofBase64(text).utf8());
        } catch (IllegalArgumentException e) {
            throw new InvalidNextToken("The specified token isn't valid.");
        }
    }
}
