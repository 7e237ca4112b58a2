package virga.protocol.signature;

import java.time.Instant;
import virga.kernel.Fault;
import virga.model.CommonError;
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

    private final ServiceModel service;
    private final ServiceModel.Protocol protocol;

    private SignatureFaults(ServiceModel service, ServiceModel.Protocol protocol) {
        this.service = service;
        this.protocol = protocol;
    }

    /** @param protocol the one that the request came in */
    public static SignatureFaults of(ServiceModel service, ServiceModel.Protocol protocol) {
        return new SignatureFaults(service, protocol);
    }

    boolean isS3() {
        return service.modelName().equals("s3");
    }

    private Fault common(CommonError error, String message) {
        return error.of(service, protocol, message);
    }

    /** For an operation that does not allow requests without a signature. */
    public Fault missing() {
        return common(CommonError.MISSING_TOKEN, isS3() ? "Access Denied" : "Request is missing Authentication Token");
    }

    public Fault unknownKey() {
        return common(
                CommonError.UNKNOWN_KEY,
                isS3() ? "The AWS Access Key Id you provided does not exist in our records." : INVALID_TOKEN);
    }

    Fault wrongToken() {
        return common(
                CommonError.WRONG_TOKEN,
                isS3() ? "The provided token is malformed or otherwise invalid." : INVALID_TOKEN);
    }

    public Fault expiredToken() {
        return common(CommonError.EXPIRED_TOKEN, isS3() ? "The provided token has expired." : EXPIRED_TOKEN);
    }

    Fault incomplete(String message) {
        return common(
                CommonError.INCOMPLETE_SIGNATURE,
                isS3() ? "The authorization header is malformed; " + message : message);
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
            return common(CommonError.WRONG_SIGNATURE, MISMATCH + "key and signing method.");
        }
        return invalid(MISMATCH
                + "AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'" + canonical + "'\n\n"
                + "The String-to-Sign should have been\n'" + stringToSign + "'\n");
    }

    Fault invalid(String message) {
        return isS3() ? incomplete(message) : common(CommonError.WRONG_SIGNATURE, message);
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
                ? common(CommonError.ACCESS_DENIED, "Request has expired")
                : invalid(
                        "Signature expired: " + AmzDate.format(until) + " is now earlier than " + AmzDate.format(now));
    }
}
