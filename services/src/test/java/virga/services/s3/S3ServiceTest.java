package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.s3.CommonPrefix;
import virga.model.s3.CopyObjectRequest;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.Delete;
import virga.model.s3.DeleteBucketRequest;
import virga.model.s3.DeleteObjectRequest;
import virga.model.s3.DeleteObjectsRequest;
import virga.model.s3.GetObjectOutput;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.HeadObjectRequest;
import virga.model.s3.ListBucketsRequest;
import virga.model.s3.ListObjectVersionsRequest;
import virga.model.s3.ListObjectsV2Output;
import virga.model.s3.ListObjectsV2Request;
import virga.model.s3.ObjectIdentifier;
import virga.model.s3.PutBucketVersioningRequest;
import virga.model.s3.PutObjectOutput;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.model.s3.S3Object;
import virga.model.s3.VersioningConfiguration;

final class S3ServiceTest {
    private static final String BUCKET = "orders-archive";

    private final TestingCloud cloud = new TestingCloud(new S3Service(S3Limits.tiny()));

    @BeforeEach
    void createBucket() {
        create(BUCKET);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void create(String name) {
        cloud.call(S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(name).build());
    }

    private PutObjectOutput put(String key, String text) {
        return cloud.call(S3.PUT_OBJECT, putting(key, text).build());
    }

    private static PutObjectRequest.Builder putting(String key, String text) {
        return PutObjectRequest.builder().bucket(BUCKET).key(key).body(ByteStream.of(Bytes.ofUtf8(text)));
    }

    private static GetObjectRequest.Builder getting(String key) {
        return GetObjectRequest.builder().bucket(BUCKET).key(key);
    }

    private GetObjectOutput get(GetObjectRequest.Builder request) {
        return cloud.call(S3.GET_OBJECT, request.build());
    }

    private static String text(GetObjectOutput output) {
        return output.body().orElseThrow().readAll().utf8();
    }

    private static void assertCode(ThrowingCallable call, String code, int status) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.status()).isEqualTo(status);
        });
    }

    private void version(String status) {
        cloud.call(
                S3.PUT_BUCKET_VERSIONING,
                PutBucketVersioningRequest.builder()
                        .bucket(BUCKET)
                        .versioningConfiguration(
                                VersioningConfiguration.builder().status(status).build())
                        .build());
    }

    private long pieces() {
        return cloud.environment().read(reading -> {
            try (var rows = reading.scan(S3Keys.PIECE.range())) {
                return rows.count();
            }
        });
    }

    @Test
    void anObjectComesBackWithItsDigestAndWhatWasSaidOfIt() {
        PutObjectOutput written = cloud.call(
                S3.PUT_OBJECT,
                putting("a/one.txt", "123456789")
                        .contentType("text/plain")
                        .metadata(java.util.Map.of("Colour", "red"))
                        .build());
        assertThat(written.eTag()).contains("\"25f9e794323b453885f5181f1b624d0b\"");
        GetObjectOutput read = get(getting("a/one.txt").checksumMode("ENABLED"));
        assertThat(text(read)).isEqualTo("123456789");
        assertThat(read.contentType()).contains("text/plain");
        assertThat(read.metadata()).containsEntry("colour", "red");
        // The check value of CRC-64/NVME for "123456789" is AE8B14860A799888.
        assertThat(read.checksumCRC64NVME()).contains("rosUhgp5mIg=");
        assertThat(read.versionId()).isEmpty();
    }

    @Test
    void aBodyOfManyPiecesIsReadInAnyRange() {
        String body = "0123456789".repeat(123);
        put("large", body);
        assertThat(text(get(getting("large")))).isEqualTo(body);
        assertThat(text(get(getting("large").range("bytes=95-310")))).isEqualTo(body.substring(95, 311));
        assertThat(text(get(getting("large").range("bytes=-7")))).isEqualTo(body.substring(1223));
        GetObjectOutput open = get(getting("large").range("bytes=1200-"));
        assertThat(text(open)).isEqualTo(body.substring(1200));
        assertThat(open.contentRange()).contains("bytes 1200-1229/1230");
        assertCode(() -> get(getting("large").range("bytes=1230-")), "InvalidRange", 416);
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndLeavesNothing() {
        assertCode(() -> put("huge", "x".repeat(4097)), "EntityTooLarge", 400);
        assertCode(() -> get(getting("huge")), "NoSuchKey", 404);
    }

    @Test
    void whatAWrongDigestOrABrokenConnectionLeftIsDeletedLater() {
        PutObjectRequest wrong =
                putting("k", "x".repeat(250)).checksumCRC32("AAAAAA==").build();
        assertCode(() -> cloud.call(S3.PUT_OBJECT, wrong), "BadDigest", 400);
        ByteStream broken = new ByteStream() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private int sent;

                    @Override
                    public int read() throws IOException {
                        if (sent++ >= 250) {
                            throw new IOException("connection reset");
                        }
                        return 'x';
                    }
                };
            }

            @Override
            public long length() {
                return 1000;
            }
        };
        assertThatThrownBy(() -> cloud.call(
                        S3.PUT_OBJECT,
                        PutObjectRequest.builder()
                                .bucket(BUCKET)
                                .key("k")
                                .body(broken)
                                .build()))
                .hasRootCauseMessage("connection reset");
        assertThat(pieces()).isEqualTo(4);
        cloud.advance(Duration.ofHours(25));
        await(() -> pieces() == 0);
        assertCode(() -> get(getting("k")), "NoSuchKey", 404);
    }

    private void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderIsNotCutOffByAnOverwriteAndTheOldBytesGoLater() throws IOException {
        String before = "a".repeat(450);
        put("k", before);
        GetObjectOutput reading = get(getting("k"));
        try (InputStream in = reading.body().orElseThrow().open()) {
            in.readNBytes(10);
            put("k", "b".repeat(450));
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(before.substring(10));
        }
        assertThat(text(get(getting("k")))).isEqualTo("b".repeat(450));
        assertThat(pieces()).isEqualTo(10);
        cloud.advance(Duration.ofHours(2));
        await(() -> pieces() == 5);
        assertThat(text(get(getting("k")))).isEqualTo("b".repeat(450));
    }

    @Test
    void onlyOneOfManyConcurrentCreationsWins() {
        List<CompletableFuture<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String body = Integer.toString(i).repeat(300);
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    cloud.call(
                            S3.PUT_OBJECT,
                            putting("lock", body).ifNoneMatch("*").build());
                    return true;
                } catch (Fault fault) {
                    assertThat(fault.code()).isEqualTo("PreconditionFailed");
                    return false;
                }
            }));
        }
        assertThat(tries.stream().filter(CompletableFuture::join).count()).isEqualTo(1);
        assertThat(text(get(getting("lock"))).chars().distinct().count()).isEqualTo(1);
    }

    @Test
    void conditionsDecideAboutReadsAndWrites() {
        String eTag = put("k", "one").eTag().orElseThrow();
        assertCode(() -> get(getting("k").ifNoneMatch(eTag)), "NotModified", 304);
        assertCode(() -> get(getting("k").ifMatch("\"other\"")), "PreconditionFailed", 412);
        assertThat(text(get(getting("k").ifMatch(eTag)))).isEqualTo("one");
        assertCode(
                () -> cloud.call(
                        S3.PUT_OBJECT, putting("k", "two").ifMatch("other").build()),
                "PreconditionFailed",
                412);
        assertCode(
                () -> cloud.call(
                        S3.PUT_OBJECT, putting("none", "two").ifMatch(eTag).build()),
                "NoSuchKey",
                404);
        cloud.call(S3.PUT_OBJECT, putting("k", "two").ifMatch(eTag).build());
        assertThat(text(get(getting("k")))).isEqualTo("two");
    }

    @Test
    void keysAreListedInOrderOfTheirBytesByPagesAndRolledUpByDelimiter() {
        for (String key : List.of("b", "a/2", "a/1", "a", "c/x/y", "ä", "b b")) {
            put(key, "x");
        }
        assertThat(keys(list("", "", 1000))).containsExactly("a", "a/1", "a/2", "b", "b b", "c/x/y", "ä");
        assertThat(keys(list("a/", "", 1000))).containsExactly("a/1", "a/2");
        ListObjectsV2Output rolled = list("", "/", 1000);
        assertThat(keys(rolled)).containsExactly("a", "b", "b b", "ä");
        assertThat(rolled.commonPrefixes().stream().map(CommonPrefix::prefix).map(java.util.Optional::get))
                .containsExactly("a/", "c/");
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            ListObjectsV2Output page = cloud.call(
                    S3.LIST_OBJECTS_V2,
                    ListObjectsV2Request.builder()
                            .bucket(BUCKET)
                            .delimiter("/")
                            .maxKeys(1)
                            .encodingType("url")
                            .continuationToken(token)
                            .build());
            seen.addAll(keys(page));
            page.commonPrefixes().forEach(prefix -> seen.add(prefix.prefix().orElseThrow()));
            token = page.nextContinuationToken().orElse(null);
        } while (token != null);
        assertThat(seen).containsExactly("a", "a/", "b", "b+b", "c/", "%C3%A4");
    }

    private ListObjectsV2Output list(String prefix, String delimiter, int most) {
        return cloud.call(
                S3.LIST_OBJECTS_V2,
                ListObjectsV2Request.builder()
                        .bucket(BUCKET)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .maxKeys(most)
                        .build());
    }

    private static List<String> keys(ListObjectsV2Output page) {
        return page.contents().stream()
                .map(S3Object::key)
                .map(java.util.Optional::get)
                .toList();
    }

    @Test
    void aVersionedBucketKeepsWhatIsOverwrittenAndDeleted() {
        put("k", "before");
        version("Enabled");
        String second = put("k", "second").versionId().orElseThrow();
        var marker = cloud.call(
                S3.DELETE_OBJECT,
                DeleteObjectRequest.builder().bucket(BUCKET).key("k").build());
        assertThat(marker.deleteMarker()).contains(true);
        assertCode(() -> get(getting("k")), "NoSuchKey", 404);
        assertThat(text(get(getting("k").versionId("null")))).isEqualTo("before");
        assertThat(text(get(getting("k").versionId(second)))).isEqualTo("second");
        assertCode(() -> get(getting("k").versionId(marker.versionId().orElseThrow())), "MethodNotAllowed", 405);
        var listed = cloud.call(
                S3.LIST_OBJECT_VERSIONS,
                ListObjectVersionsRequest.builder().bucket(BUCKET).build());
        assertThat(listed.versions()).hasSize(2);
        assertThat(listed.deleteMarkers().getFirst().isLatest()).contains(true);
        cloud.call(
                S3.DELETE_OBJECT,
                DeleteObjectRequest.builder()
                        .bucket(BUCKET)
                        .key("k")
                        .versionId(marker.versionId().orElseThrow())
                        .build());
        assertThat(text(get(getting("k")))).isEqualTo("second");
    }

    @Test
    void aCopyHasTheContentAndTheDescriptionOfItsSource() {
        cloud.call(
                S3.PUT_OBJECT,
                putting("from here", "x".repeat(250))
                        .contentType("text/css")
                        .tagging("a=b")
                        .build());
        cloud.call(
                S3.COPY_OBJECT,
                CopyObjectRequest.builder()
                        .bucket(BUCKET)
                        .key("to")
                        .copySource(BUCKET + "/from%20here")
                        .build());
        GetObjectOutput copy = get(getting("to"));
        assertThat(text(copy)).isEqualTo("x".repeat(250));
        assertThat(copy.contentType()).contains("text/css");
        assertThat(copy.tagCount()).contains(1);
        assertCode(
                () -> cloud.call(
                        S3.COPY_OBJECT,
                        CopyObjectRequest.builder()
                                .bucket(BUCKET)
                                .key("to")
                                .copySource(BUCKET + "/to")
                                .build()),
                "InvalidRequest",
                400);
    }

    @Test
    void aBucketGoesOnlyWhenItIsEmpty() {
        put("a", "x");
        put("b", "x");
        DeleteBucketRequest deleting =
                DeleteBucketRequest.builder().bucket(BUCKET).build();
        assertCode(() -> cloud.call(S3.DELETE_BUCKET, deleting), "BucketNotEmpty", 409);
        var identifiers = List.of(
                ObjectIdentifier.builder().key("a").build(),
                ObjectIdentifier.builder().key("b").build());
        var deleted = cloud.call(
                S3.DELETE_OBJECTS,
                DeleteObjectsRequest.builder()
                        .bucket(BUCKET)
                        .delete(Delete.builder().objects(identifiers).build())
                        .build());
        assertThat(deleted.deleted()).hasSize(2);
        cloud.call(S3.DELETE_BUCKET, deleting);
        assertCode(() -> put("a", "x"), "NoSuchBucket", 404);
        assertThat(cloud.call(S3.LIST_BUCKETS, ListBucketsRequest.builder().build())
                        .buckets())
                .isEmpty();
    }

    @Test
    void badNamesAndWhatIsNotDoneAreRefused() {
        assertCode(() -> create("Orders"), "InvalidBucketName", 400);
        assertCode(() -> create("192.168.0.1"), "InvalidBucketName", 400);
        assertThat(Collections.nCopies(2, BUCKET)).allSatisfy(this::create);
        assertCode(
                () -> cloud.call(
                        S3.PUT_OBJECT, putting("k", "x").acl("public-read").build()),
                "AccessControlListNotSupported",
                400);
        assertCode(
                () -> cloud.call(
                        S3.PUT_OBJECT,
                        putting("k", "x").serverSideEncryption("aws:kms").build()),
                "VirgaUnsupported",
                501);
        assertCode(
                () -> cloud.call(
                        S3.HEAD_OBJECT,
                        HeadObjectRequest.builder()
                                .bucket("no-such-bucket")
                                .key("k")
                                .build()),
                "NoSuchBucket",
                404);
    }
}
