package virga.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.protocol.PercentCoding;
import virga.protocol.wire.ServerProtocol.Exchange;

/**
 * Where S3 differs from restXml: its errors have no wrapper and say more, its documents have names and a namespace of their own.
 * Source: the response syntax on each operation's page, and "REST error responses", in the Amazon S3 API Reference.
 */
final class S3Wire {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    /** The root elements; they differ from the names of the shapes, and clients other than the SDKs look at them. */
    private static final Map<String, String> ROOTS = Map.ofEntries(
            Map.entry("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
            Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
            Map.entry("CreateSession", "CreateSessionResult"),
            Map.entry("DeleteObjects", "DeleteResult"),
            Map.entry("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
            Map.entry("GetBucketAcl", "AccessControlPolicy"),
            Map.entry("GetBucketCors", "CORSConfiguration"),
            Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
            Map.entry("GetBucketLocation", "LocationConstraint"),
            Map.entry("GetBucketLogging", "BucketLoggingStatus"),
            Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"),
            Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"),
            Map.entry("GetBucketTagging", "Tagging"),
            Map.entry("GetBucketVersioning", "VersioningConfiguration"),
            Map.entry("GetBucketWebsite", "WebsiteConfiguration"),
            Map.entry("GetObjectAcl", "AccessControlPolicy"),
            Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"),
            Map.entry("GetObjectTagging", "Tagging"),
            Map.entry("ListBuckets", "ListAllMyBucketsResult"),
            Map.entry("ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"),
            Map.entry("ListMultipartUploads", "ListMultipartUploadsResult"),
            Map.entry("ListObjectVersions", "ListVersionsResult"),
            Map.entry("ListObjects", "ListBucketResult"),
            Map.entry("ListObjectsV2", "ListBucketResult"),
            Map.entry("ListParts", "ListPartsResult"));

    private S3Wire() {}

    static boolean is(ServiceModel service) {
        return service.modelName().equals("s3");
    }

    static String root(Operation<?, ?> operation) {
        String said = operation.output().traits().locationName();
        return said.isEmpty()
                ? ROOTS.getOrDefault(operation.name(), operation.output().name())
                : said;
    }

    static String namespace(ServiceModel service) {
        return is(service) && service.xmlNamespace().isEmpty() ? NAMESPACE : service.xmlNamespace();
    }

    /** GetBucketLocation's document is the location itself: empty for us-east-1. */
    static boolean isBareScalar(Operation<?, ?> operation) {
        return is(operation.service()) && operation.name().equals("GetBucketLocation");
    }

    static Bytes bareScalar(Operation<?, ?> operation, Structure output, Member member) {
        Object value = output.valueOf(member);
        XmlText out =
                new XmlText().declaration().open("LocationConstraint").namespace(namespace(operation.service()), "");
        if (value != null) {
            out.text(value.toString());
        }
        return out.close("LocationConstraint").bytes();
    }

    /** S3 writes milliseconds even where there are none: {@code 2009-10-12T17:50:30.000Z}. */
    static String timestamp(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.length() == "2009-10-12T17:50:30Z".length() ? text.substring(0, text.length() - 1) + ".000Z" : text;
    }

    /** S3's second id: made from the first, since nobody looks it up. */
    static String hostId(String requestId) {
        return Base64.getEncoder()
                .encodeToString((requestId + "/virga/" + requestId).getBytes(StandardCharsets.US_ASCII));
    }

    static Bytes error(Failure failure, Exchange exchange) {
        XmlText out = new XmlText().declaration().open("Error").element("Code", failure.code());
        RestXml.errorMembers(out, failure);
        out.element("Resource", PercentCoding.decode(exchange.request().path()));
        out.element("RequestId", exchange.requestId()).element("HostId", hostId(exchange.requestId()));
        return out.close("Error").bytes();
    }

    /** An answer that holds a range of an object is partial. Source: GetObject, Amazon S3 API Reference; RFC 9110 section 15.3.7. */
    static int status(virga.model.Structure output, int status) {
        boolean partial =
                output.schema().member("ContentRange").filter(output::has).isPresent();
        return partial ? 206 : status;
    }
}
