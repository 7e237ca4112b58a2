package virga.server.door;

import virga.kernel.Fault;
import virga.model.ServiceModel.Protocol;

/** What AWS answers to credentials that are missing, unknown or expired; each protocol has its own words and codes. */
final class Refusals {
    private Refusals() {}

    static Fault missing(Protocol protocol) {
        return switch (protocol) {
            case AWS_JSON, RPC_V2_CBOR ->
                new Fault("MissingAuthenticationTokenException", 400, "Request is missing Authentication Token");
            case REST_JSON -> new Fault("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
            case AWS_QUERY, REST_XML ->
                new Fault("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
        };
    }

    static Fault unknown(Protocol protocol) {
        String words = "The security token included in the request is invalid.";
        return switch (protocol) {
            case AWS_JSON, RPC_V2_CBOR -> new Fault("UnrecognizedClientException", 400, words);
            case REST_JSON -> new Fault("UnrecognizedClientException", 403, words);
            case AWS_QUERY -> new Fault("InvalidClientTokenId", 403, words);
            case REST_XML ->
                new Fault(
                        "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.");
        };
    }

    static Fault expired(Protocol protocol) {
        String words = "The security token included in the request is expired";
        return switch (protocol) {
            case AWS_JSON, RPC_V2_CBOR -> new Fault("ExpiredTokenException", 400, words);
            case REST_JSON -> new Fault("ExpiredTokenException", 403, words);
            case AWS_QUERY -> new Fault("ExpiredToken", 403, words);
            case REST_XML -> new Fault("ExpiredToken", 400, "The provided token has expired.");
        };
    }
}
