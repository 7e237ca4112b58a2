package virga.protocol.signature;

import java.time.Instant;
import virga.kernel.Fault;
import virga.model.ServiceModel;

/**
 * How a service says that a signature does not hold: the same few mistakes have other codes and statuses in each protocol family.
 *
 * <p>Source: "Common errors" of each service's API reference, and "Error responses" of the Amazon S3 API Reference.
 */
public final class SignatureFaults {
    private static final String INVALID_TOKEN = "The security token included in the request is invalid.";
    private static final String EXPIRED_TOKEN = "The security token included in the request is expired";
    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided. Check your ";

    private final Family family;

    private enum Family {
        QUERY,
        JSON,
        REST,
        S3
    }

    private SignatureFaults(Family family) {
        this.family = family;
    }

    /** @param protocol the one that the request came in */
    public static SignatureFaults of(ServiceModel service, ServiceModel.Protocol protocol) {
        if (service.modelName().equals("s3")) {
            return new SignatureFaults(Family.S3);
        }
        return new SignatureFaults(
                switch (protocol) {
                    case AWS_QUERY -> Family.QUERY;
                    case AWS_JSON, RPC_V2_CBOR -> Family.JSON;
                    case REST_JSON, REST_XML -> Family.REST;
                });
    }

    boolean isS3() {
        return family == Family.S3;
    }

    /** For an operation that does not allow requests without a signature. */
    public Fault missing() {
        String message = "Request is missing Authentication Token";
        return switch (family) {
            case QUERY -> new Fault("MissingAuthenticationToken", 403, message);
            case JSON -> new Fault("MissingAuthenticationTokenException", 400, message);
            case REST -> new Fault("MissingAuthenticationTokenException", 403, message);
            case S3 -> new Fault("AccessDenied", 403, "Access Denied");
        };
    }

    public Fault unknownKey() {
        return switch (family) {
            case QUERY -> new Fault("InvalidClientTokenId", 403, INVALID_TOKEN);
            case JSON -> new Fault("UnrecognizedClientException", 400, INVALID_TOKEN);
            case REST -> new Fault("UnrecognizedClientException", 403, INVALID_TOKEN);
            case S3 ->
                new Fault(
                        "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.");
        };
    }

    Fault wrongToken() {
        return isS3()
                ? new Fault("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
                : unknownKey();
    }

    public Fault expiredToken() {
        return switch (family) {
            case QUERY -> new Fault("ExpiredToken", 403, EXPIRED_TOKEN);
            case JSON -> new Fault("ExpiredTokenException", 400, EXPIRED_TOKEN);
            case REST -> new Fault("ExpiredTokenException", 403, EXPIRED_TOKEN);
            case S3 -> new Fault("ExpiredToken", 400, "The provided token has expired.");
        };
    }

    Fault incomplete(String message) {
        return switch (family) {
            case QUERY -> new Fault("IncompleteSignature", 403, message);
            case JSON -> new Fault("IncompleteSignatureException", 400, message);
            case REST -> new Fault("IncompleteSignatureException", 403, message);
            case S3 ->
                new Fault("AuthorizationHeaderMalformed", 400, "The authorization header is malformed; " + message);
        };
    }

    Fault malformedQuery(String message) {
        return isS3() ? new Fault("AuthorizationQueryParametersError", 400, message) : incomplete(message);
    }

    Fault otherMechanism(String authorization) {
        if (isS3()) {
            return new Fault(
                    "InvalidRequest",
                    400,
                    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        }
        int end = authorization.indexOf(' ');
        return Fault.unsupported("signatures of kind " + (end < 0 ? authorization : authorization.substring(0, end)));
    }

    Fault mismatch(String canonical, String stringToSign) {
        if (isS3()) {
            return new Fault("SignatureDoesNotMatch", 403, MISMATCH + "key and signing method.");
        }
        return invalid(MISMATCH
                + "AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'" + canonical + "'\n\n"
                + "The String-to-Sign should have been\n'" + stringToSign + "'\n");
    }

    Fault invalid(String message) {
        return switch (family) {
            case QUERY -> new Fault("SignatureDoesNotMatch", 403, message);
            case JSON -> new Fault("InvalidSignatureException", 400, message);
            case REST -> new Fault("InvalidSignatureException", 403, message);
            case S3 ->
                new Fault("AuthorizationHeaderMalformed", 400, "The authorization header is malformed; " + message);
        };
    }

    Fault skewed(String amzDate, Instant now, boolean late) {
        if (isS3()) {
            return new Fault(
                    "RequestTimeTooSkewed",
                    403,
                    "The difference between the request time and the current time is too large.");
        }
        String limit = AmzDate.format(late ? now.minus(SignatureVerifier.SKEW) : now.plus(SignatureVerifier.SKEW));
        return invalid(
                late
                        ? "Signature expired: " + amzDate + " is now earlier than " + limit + " (" + AmzDate.format(now)
                                + " - 15 min.)"
                        : "Signature not yet current: " + amzDate + " is still later than " + limit + " ("
                                + AmzDate.format(now) + " + 15 min.)");
    }

    Fault expired(String amzDate, Instant until, Instant now) {
        return isS3()
                ? new Fault("AccessDenied", 403, "Request has expired")
                : invalid(
                        "Signature expired: " + AmzDate.format(until) + " is now earlier than " + AmzDate.format(now));
    }
}
