package virga.services.s3;

import virga.kernel.Fault;

/** The errors of S3 that its model does not name. Source: "List of error codes", Amazon S3 API Reference. */
final class S3Faults {
    private S3Faults() {}

    static Fault noSuchBucket() {
        return new virga.model.s3.NoSuchBucket("The specified bucket does not exist");
    }

    static Fault noSuchKey() {
        return new virga.model.s3.NoSuchKey("The specified key does not exist.");
    }

    static Fault noSuchVersion() {
        return new Fault("NoSuchVersion", 404, "The specified version does not exist.");
    }

    static Fault noSuchUpload() {
        return new virga.model.s3.NoSuchUpload(
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or"
                        + " completed.");
    }

    static Fault preconditionFailed() {
        return new Fault("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
    }

    static Fault notModified() {
        return new Fault("NotModified", 304, "Not Modified");
    }

    static Fault invalidRange() {
        return new Fault("InvalidRange", 416, "The requested range is not satisfiable");
    }

    static Fault invalidArgument(String message) {
        return new Fault("InvalidArgument", 400, message);
    }

    static Fault invalidRequest(String message) {
        return new virga.model.s3.InvalidRequest(message);
    }

    static Fault malformedXml() {
        return new Fault(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static Fault accessControlListNotSupported() {
        return new Fault("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
    }

    static Fault entityTooLarge() {
        return new Fault("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
    }

    static Fault methodNotAllowed() {
        return new Fault("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }
}
