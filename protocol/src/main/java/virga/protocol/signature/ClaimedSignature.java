package virga.protocol.signature;

import java.util.Optional;
import virga.protocol.HttpRequest;
import virga.protocol.Parameters;

/**
 * A signature as the request carries it, in its header or its query.
 *
 * @param amzDate when it was signed, as signed
 * @param sessionToken of temporary credentials; empty for others
 * @param expiresSeconds how long a presigned request is good for; -1 for a header's
 */
record ClaimedSignature(
        CredentialScope scope,
        String signedHeaders,
        String signature,
        String amzDate,
        String sessionToken,
        long expiresSeconds) {
    private static final long WEEK_SECONDS = 7 * 24 * 3600;

    boolean isPresigned() {
        return expiresSeconds >= 0;
    }

    /** Empty where the request is not signed at all. @throws Fault where it is, but not completely */
    static Optional<ClaimedSignature> of(HttpRequest request, SignatureFaults faults) {
        String authorization = request.headers().value("Authorization", "");
        if (!authorization.isEmpty()) {
            return Optional.of(ofHeader(request, authorization, faults));
        }
        if (!request.query().contains("X-Amz-")) {
            return Optional.empty();
        }
        Parameters query = request.parameters();
        return query.has("X-Amz-Signature") || query.has("X-Amz-Credential")
                ? Optional.of(ofQuery(query, faults))
                : Optional.empty();
    }

    private static ClaimedSignature ofHeader(HttpRequest request, String authorization, SignatureFaults faults) {
        if (!authorization.startsWith(Signing.ALGORITHM + " ")) {
            throw faults.otherMechanism(authorization);
        }
        String credential = part(authorization, "Credential=");
        String signature = part(authorization, "Signature=");
        String signedHeaders = part(authorization, "SignedHeaders=");
        for (String missing : new String[] {
            credential.isEmpty() ? "Credential" : "",
            signature.isEmpty() ? "Signature" : "",
            signedHeaders.isEmpty() ? "SignedHeaders" : ""
        }) {
            if (!missing.isEmpty()) {
                throw faults.incomplete("Authorization header requires '" + missing + "' parameter. Authorization="
                        + withoutSignature(authorization));
            }
        }
        CredentialScope scope = CredentialScope.parse(credential)
                .orElseThrow(() -> faults.incomplete(
                        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"
                                + credential + "'"));
        String amzDate = request.headers().value("X-Amz-Date", "");
        if (amzDate.isEmpty()) {
            amzDate = request.headers()
                    .first("Date")
                    .flatMap(AmzDate::parseHttpDate)
                    .map(AmzDate::format)
                    .orElse("");
        }
        if (AmzDate.parse(amzDate).isEmpty()) {
            throw faults.incomplete(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
                            + withoutSignature(authorization));
        }
        String token = request.headers().value("X-Amz-Security-Token", "");
        return new ClaimedSignature(scope, signedHeaders, signature, amzDate, token, -1);
    }

    private static String withoutSignature(String authorization) {
        int space = authorization.indexOf(' ');
        return space < 0 ? authorization : authorization.substring(0, space);
    }

    private static String part(String authorization, String name) {
        int start = authorization.indexOf(name);
        if (start < 0) {
            return "";
        }
        start += name.length();
        int end = authorization.indexOf(',', start);
        return authorization
                .substring(start, end < 0 ? authorization.length() : end)
                .strip();
    }

    private static ClaimedSignature ofQuery(Parameters query, SignatureFaults faults) {
        String algorithm = required(query, "X-Amz-Algorithm", faults);
        if (!algorithm.equals(Signing.ALGORITHM)) {
            throw faults.otherMechanism(algorithm);
        }
        String credential = required(query, "X-Amz-Credential", faults);
        CredentialScope scope = CredentialScope.parse(credential)
                .orElseThrow(
                        () -> faults.malformedQuery(
                                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
        String amzDate = required(query, "X-Amz-Date", faults);
        if (AmzDate.parse(amzDate).isEmpty()) {
            throw faults.malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        return new ClaimedSignature(
                scope,
                required(query, "X-Amz-SignedHeaders", faults),
                required(query, "X-Amz-Signature", faults),
                amzDate,
                query.first("X-Amz-Security-Token").orElse(""),
                expires(query.first("X-Amz-Expires").orElse(faults.isS3() ? "" : "900"), faults));
    }

    private static String required(Parameters query, String name, SignatureFaults faults) {
        return query.first(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () -> faults.malformedQuery(
                                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."));
    }

    private static long expires(String text, SignatureFaults faults) {
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw faults.malformedQuery("X-Amz-Expires should be a number");
        }
        if (seconds < 0) {
            throw faults.malformedQuery("X-Amz-Expires must be non-negative");
        }
        if (seconds > WEEK_SECONDS) {
            throw faults.malformedQuery(
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        }
        return seconds;
    }
}
