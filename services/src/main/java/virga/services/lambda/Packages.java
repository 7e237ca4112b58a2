package virga.services.lambda;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import virga.cloud.Exchange;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.S3;

/** Fetches the archive that a request means: from the request itself, or from S3 as the caller. */
final class Packages {
    private static final Bytes END_RECORD = Bytes.ofUtf8("PK\u0005\u0006");

    private final LambdaLimits limits;

    Packages(LambdaLimits limits) {
        this.limits = limits;
    }

    /** Where an archive is: its bytes, or an object. {@code version} may be empty. */
    record Source(Optional<Bytes> zip, String bucket, String key, String version) {}

    Bytes fetch(Call call, Exchange exchange, Source source) {
        if (source.zip().isPresent()) {
            Bytes zip = source.zip().get();
            if (zip.length() > limits.uploadBytes()) {
                throw new Fault(
                        "RequestEntityTooLargeException",
                        413,
                        "Request must be smaller than " + limits.uploadBytes()
                                + " bytes for the CreateFunction operation");
            }
            return checked(zip);
        }
        if (source.bucket().isEmpty() || source.key().isEmpty()) {
            throw new InvalidParameterValueException("Please provide a source for function code.");
        }
        Call read = exchange.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("lambda"));
        try {
            var object = exchange.call(
                    read,
                    S3.GET_OBJECT,
                    GetObjectRequest.builder()
                            .bucket(source.bucket())
                            .key(source.key())
                            .versionId(Unset.ifEmpty(source.version()))
                            .build());
            return checked(object.body().orElseThrow().readAll());
        } catch (Fault fault) {
            throw new InvalidParameterValueException("Error occurred while GetObject. S3 Error Code: " + fault.code()
                    + ". S3 Error Message: " + fault.getMessage());
        }
    }

    private static Bytes checked(Bytes zip) {
        try (ZipInputStream entries = new ZipInputStream(zip.asInputStream())) {
            if (entries.getNextEntry() != null) {
                return zip;
            }
        } catch (IOException e) {
            throw unreadable();
        }
        // The JDK finds no entry in what is no archive at all, either; an empty archive is its end record alone.
        if (zip.startsWith(END_RECORD)) {
            throw new InvalidParameterValueException("Uploaded file must be a non-empty zip");
        }
        throw unreadable();
    }

    private static InvalidParameterValueException unreadable() {
        return new InvalidParameterValueException(
                "Could not unzip uploaded file. Please check your file, then try to upload again.");
    }
}
