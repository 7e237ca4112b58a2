package virga.protocol.signature;

import java.util.Optional;
import virga.protocol.HttpRequest;

/**
 * For whom and for what a request was signed: {@code AKIA.../20261123/us-east-1/sqs/aws4_request}.
 *
 * @param date as {@code yyyyMMdd}
 */
public record CredentialScope(String accessKeyId, String date, String region, String service) {
    private static final String TERMINATOR = "aws4_request";

    /** What the request claims; nothing is verified. Empty where it is not signed, or not with Signature Version 4. */
    public static Optional<CredentialScope> claimedBy(HttpRequest request) {
        String authorization = request.headers().value("Authorization", "");
        if (authorization.startsWith(Signing.ALGORITHM)) {
            int start = authorization.indexOf("Credential=");
            if (start < 0) {
                return Optional.empty();
            }
            start += "Credential=".length();
            int end = authorization.indexOf(',', start);
            return parse(authorization
                    .substring(start, end < 0 ? authorization.length() : end)
                    .strip());
        }
        if (request.query().contains("X-Amz-Credential=")) {
            return request.parameters().first("X-Amz-Credential").flatMap(CredentialScope::parse);
        }
        return Optional.empty();
    }

    /** Access key ids hold no slash, so the five parts are told apart by slashes alone. */
    static Optional<CredentialScope> parse(String text) {
        int date = text.indexOf('/');
        int region = text.indexOf('/', date + 1);
        int service = text.indexOf('/', region + 1);
        int end = text.indexOf('/', service + 1);
        if (date <= 0
                || region < 0
                || service < 0
                || end < 0
                || !text.substring(end + 1).equals(TERMINATOR)) {
            return Optional.empty();
        }
        return Optional.of(new CredentialScope(
                text.substring(0, date),
                text.substring(date + 1, region),
                text.substring(region + 1, service),
                text.substring(service + 1, end)));
    }

    /** Without the access key id: what goes into the string to sign. */
    String withoutKey() {
        return date + "/" + region + "/" + service + "/" + TERMINATOR;
    }
}
