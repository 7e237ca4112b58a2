package virga.model;

import virga.kernel.Fault;
import virga.model.ServiceModel.Protocol;

/**
 * The errors that every service answers but no model names. Each family of protocols has its own code and status for the same mistake;
 * who refuses a call says only what is wrong.
 *
 * <p>Source: "Common errors" of the API references of IAM (awsQuery), Amazon DynamoDB (awsJson) and AWS Lambda (restJson), and "Error
 * responses" of the Amazon S3 API Reference. AWS's servers answer awsJson's common client errors with 400, whatever they are,
 * but a service that also speaks awsQuery, as Amazon SQS, with the status it has there.
 */
public enum CommonError {
    ACCESS_DENIED("AccessDenied", 403, "AccessDeniedException", 403, "AccessDenied", 403),
    MISSING_TOKEN("MissingAuthenticationToken", 403, "MissingAuthenticationTokenException", 403, "AccessDenied", 403),
    UNKNOWN_KEY("InvalidClientTokenId", 403, "UnrecognizedClientException", 403, "InvalidAccessKeyId", 403),
    WRONG_TOKEN("InvalidClientTokenId", 403, "UnrecognizedClientException", 403, "InvalidToken", 400),
    EXPIRED_TOKEN("ExpiredToken", 403, "ExpiredTokenException", 403, "ExpiredToken", 400),
    WRONG_SIGNATURE("SignatureDoesNotMatch", 403, "InvalidSignatureException", 403, "SignatureDoesNotMatch", 403),
    INCOMPLETE_SIGNATURE(
            "IncompleteSignature", 403, "IncompleteSignatureException", 403, "AuthorizationHeaderMalformed", 400),
    UNKNOWN_OPERATION("InvalidAction", 400, "UnknownOperationException", 404, "MethodNotAllowed", 405),
    INTERNAL_FAILURE("InternalFailure", 500, "InternalFailure", 500, "InternalError", 500),
    UNAVAILABLE("ServiceUnavailable", 503, "ServiceUnavailableException", 503, "ServiceUnavailable", 503);

    /** What the clients of a family see. */
    record Name(String code, int status) {}

    private final Name query;
    private final Name rest;
    private final Name s3;

    CommonError(String query, int queryStatus, String modern, int restStatus, String s3, int s3Status) {
        this.query = new Name(query, queryStatus);
        this.rest = new Name(modern, restStatus);
        this.s3 = new Name(s3, s3Status);
    }

    /** The error as clients of {@code service} see it that speak the protocol it prefers. */
    public Fault of(ServiceModel service, String message) {
        return of(service, service.protocols().getFirst(), message);
    }

    /** The error as clients of {@code service} see it that speak {@code protocol}. */
    public Fault of(ServiceModel service, Protocol protocol, String message) {
        return new CommonFault(this, service, protocol, message);
    }

    Name name(ServiceModel service, Protocol protocol) {
        if (service.modelName().equals("s3")) {
            return s3;
        }
        return switch (protocol) {
            case AWS_QUERY -> query;
            case AWS_JSON, RPC_V2_CBOR -> rest.status < 500 ? new Name(rest.code, status(service)) : rest;
            case REST_JSON, REST_XML -> rest;
        };
    }

    /** awsQueryCompatible: where clients knew the statuses of the query protocol, they still see them. */
    private int status(ServiceModel service) {
        return service.protocols().contains(Protocol.AWS_QUERY) ? query.status : 400;
    }
}
