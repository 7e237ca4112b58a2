package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.s3.AbortMultipartUploadRequest;
import virga.model.s3.CompleteMultipartUploadOutput;
import virga.model.s3.CompleteMultipartUploadRequest;
import virga.model.s3.CompletedMultipartUpload;
import virga.model.s3.CompletedPart;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.CreateMultipartUploadRequest;
import virga.model.s3.GetObjectOutput;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.ListPartsRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.model.s3.UploadPartCopyRequest;
import virga.model.s3.UploadPartRequest;

final class MultipartUploadTest {
    private static final String BUCKET = "films";
    private static final String FIRST = "a".repeat(150);
    private static final String SECOND = "b".repeat(230);

    private final TestingCloud cloud = new TestingCloud(new S3Service(S3Limits.tiny()));

    @BeforeEach
    void createBucket() {
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(BUCKET).build());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private String begin(String algorithm, String type) {
        return cloud.call(
                        S3.CREATE_MULTIPART_UPLOAD,
                        CreateMultipartUploadRequest.builder()
                                .bucket(BUCKET)
                                .key("film")
                                .contentType("video/mp4")
                                .checksumAlgorithm(algorithm)
                                .checksumType(type)
                                .build())
                .uploadId()
                .orElseThrow();
    }

    private CompletedPart send(String uploadId, int number, String text) {
        String eTag = cloud.call(
                        S3.UPLOAD_PART,
                        UploadPartRequest.builder()
                                .bucket(BUCKET)
                                .key("film")
                                .uploadId(uploadId)
                                .partNumber(number)
                                .body(ByteStream.of(Bytes.ofUtf8(text)))
                                .build())
                .eTag()
                .orElseThrow();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    private CompleteMultipartUploadOutput complete(String uploadId, CompletedPart... parts) {
        return cloud.call(
                S3.COMPLETE_MULTIPART_UPLOAD,
                CompleteMultipartUploadRequest.builder()
                        .bucket(BUCKET)
                        .key("film")
                        .uploadId(uploadId)
                        .multipartUpload(CompletedMultipartUpload.builder()
                                .parts(List.of(parts))
                                .build())
                        .build());
    }

    private GetObjectOutput get(GetObjectRequest.Builder request) {
        return cloud.call(
                S3.GET_OBJECT,
                request.bucket(BUCKET).key("film").checksumMode("ENABLED").build());
    }

    private static String text(GetObjectOutput output) {
        return output.body().orElseThrow().readAll().utf8();
    }

    private static void assertCode(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    @Test
    void thePartsBecomeOneObjectThatIsReadAcrossThem() {
        String id = begin(null, null);
        CompletedPart second = send(id, 7, SECOND);
        CompletedPart first = send(id, 2, FIRST);
        CompleteMultipartUploadOutput done = complete(id, first, second);
        assertThat(done.eTag().orElseThrow()).endsWith("-2\"");
        assertThat(text(get(GetObjectRequest.builder()))).isEqualTo(FIRST + SECOND);
        assertThat(text(get(GetObjectRequest.builder().range("bytes=149-150")))).isEqualTo("ab");
        GetObjectOutput part = get(GetObjectRequest.builder().partNumber(2));
        assertThat(text(part)).isEqualTo(SECOND);
        assertThat(part.partsCount()).contains(2);
        assertThat(part.contentType()).contains("video/mp4");
    }

    @Test
    void theChecksumOfTheWholeIsThatOfTheSameBytesInOnePart() {
        for (String algorithm : List.of("CRC32", "CRC32C", "CRC64NVME")) {
            cloud.call(
                    S3.PUT_OBJECT,
                    PutObjectRequest.builder()
                            .bucket(BUCKET)
                            .key("film")
                            .checksumAlgorithm(algorithm)
                            .body(ByteStream.of(Bytes.ofUtf8(FIRST + SECOND)))
                            .build());
            var whole = get(GetObjectRequest.builder()).get("Checksum" + algorithm);
            assertThat(whole).isPresent();
            String id = begin(algorithm, "FULL_OBJECT");
            var done = complete(id, send(id, 1, FIRST), send(id, 2, SECOND));
            assertThat(done.get("Checksum" + algorithm)).isEqualTo(whole);
        }
    }

    @Test
    void aCompositeChecksumNamesItsParts() {
        String id = begin("SHA256", null);
        CompleteMultipartUploadOutput done = complete(id, send(id, 1, FIRST), send(id, 2, SECOND));
        assertThat(done.checksumSHA256().orElseThrow()).endsWith("-2");
        assertThat(done.checksumType()).contains("COMPOSITE");
    }

    @Test
    void badListsOfPartsAreRefusedAndTheUploadGoesOn() {
        String id = begin(null, null);
        CompletedPart small = send(id, 1, "small");
        CompletedPart last = send(id, 2, "last");
        assertCode(() -> complete(id, last, small), "InvalidPartOrder");
        assertCode(() -> complete(id, small, last), "EntityTooSmall");
        assertCode(
                () -> complete(
                        id, CompletedPart.builder().partNumber(1).eTag("x").build()),
                "InvalidPart");
        assertCode(() -> complete(id), "MalformedXML");
        complete(id, small);
        assertThat(text(get(GetObjectRequest.builder()))).isEqualTo("small");
        assertCode(() -> complete(id, small), "NoSuchUpload");
    }

    @Test
    void anAbortedUploadTakesNoMoreParts() {
        String id = begin(null, null);
        send(id, 1, FIRST);
        var listed = cloud.call(
                S3.LIST_PARTS,
                ListPartsRequest.builder()
                        .bucket(BUCKET)
                        .key("film")
                        .uploadId(id)
                        .build());
        assertThat(listed.parts()).hasSize(1);
        assertThat(listed.parts().getFirst().size()).contains(150L);
        cloud.call(
                S3.ABORT_MULTIPART_UPLOAD,
                AbortMultipartUploadRequest.builder()
                        .bucket(BUCKET)
                        .key("film")
                        .uploadId(id)
                        .build());
        assertCode(() -> send(id, 2, SECOND), "NoSuchUpload");
    }

    @Test
    void aPartIsCopiedFromARangeOfAnObject() {
        cloud.call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key("source")
                        .body(ByteStream.of(Bytes.ofUtf8(FIRST + SECOND)))
                        .build());
        String id = begin(null, null);
        String eTag = cloud.call(
                        S3.UPLOAD_PART_COPY,
                        UploadPartCopyRequest.builder()
                                .bucket(BUCKET)
                                .key("film")
                                .uploadId(id)
                                .partNumber(1)
                                .copySource("/" + BUCKET + "/source")
                                .copySourceRange("bytes=100-299")
                                .build())
                .copyPartResult()
                .orElseThrow()
                .eTag()
                .orElseThrow();
        complete(id, CompletedPart.builder().partNumber(1).eTag(eTag).build());
        assertThat(text(get(GetObjectRequest.builder()))).isEqualTo((FIRST + SECOND).substring(100, 300));
    }
}
