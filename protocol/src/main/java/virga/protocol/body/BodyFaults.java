package virga.protocol.body;

import virga.kernel.Fault;

/** What S3 answers to a body that is not what its headers say. Source: "Error responses", Amazon S3 API Reference. */
final class BodyFaults {
    private BodyFaults() {}

    static Fault badDigest(String what) {
        return new Fault("BadDigest", 400, "The " + what + " you specified did not match the calculated checksum.");
    }

    static Fault badMd5() {
        return new Fault("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
    }

    static Fault invalidMd5() {
        return new Fault("InvalidDigest", 400, "The Content-MD5 you specified is not valid.");
    }

    static Fault hashMismatch() {
        return new Fault(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    static Fault incomplete() {
        return new Fault("IncompleteBody", 400, "The request body terminated unexpectedly");
    }

    static Fault malformedTrailer() {
        return new Fault(
                "MalformedTrailerError",
                400,
                "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    }

    static Fault chunkSignature() {
        return new Fault(
                "SignatureDoesNotMatch",
                403,
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
    }
}
