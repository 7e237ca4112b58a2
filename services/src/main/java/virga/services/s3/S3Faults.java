package virga.services.s3;

import java.util.Map;
import java.util.TreeMap;
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

    static Fault ownershipControlsNotFound() {
        return new Fault("OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found");
    }

    static Fault entityTooLarge() {
        return new Fault("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
    }

    /** The current version is a delete marker. Source: "Working with delete markers", S3 User Guide. */
    static Fault hidden(StoredObject marker) {
        return new MarkerFault("NoSuchKey", 404, "The specified key does not exist.", told(marker));
    }

    /** The version asked for is a delete marker. Source: GetObject, Amazon S3 API Reference. */
    static Fault isMarker(StoredObject marker) {
        Map<String, String> headers = new TreeMap<>(told(marker));
        headers.put("Last-Modified", GetObject.HTTP_DATE.format(marker.modifiedAt()));
        return new MarkerFault(
                "MethodNotAllowed", 405, "The specified method is not allowed against this resource.", headers);
    }

    private static Map<String, String> told(StoredObject marker) {
        return Map.of("x-amz-delete-marker", "true", "x-amz-version-id", marker.versionId());
    }

    private static final class MarkerFault extends Fault {
        private final Map<String, String> headers;

        MarkerFault(String code, int status, String message, Map<String, String> headers) {
            super(code, status, message);
            this.headers = Map.copyOf(headers);
        }

        @Override
        public Map<String, String> headers() {
            return headers;
        }
    }
}
