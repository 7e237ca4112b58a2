package virga.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.signature.Authentication;
import virga.protocol.signature.PayloadProof;
import virga.protocol.signature.SignatureVerifier;

class RequestBodyTest {
    private static final PayloadProof NONE = new PayloadProof.None();
    private static final PayloadProof UNSIGNED_CHUNKS = new PayloadProof.UnsignedChunks();

    private static HttpRequest put(String body, String... headers) {
        return HttpRequest.of("PUT", "/photos/cat", Headers.of(headers), ByteStream.of(Bytes.ofUtf8(body)));
    }

    @Test
    void aGzippedBodyIsDecompressed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("Action=PutMetricData".getBytes());
        }
        HttpRequest request = HttpRequest.of(
                "POST", "/", Headers.of("Content-Encoding", "gzip"), ByteStream.of(Bytes.of(out.toByteArray())));
        HttpRequest decompressed = RequestBody.decompressed(request);
        assertThat(decompressed.body().readAll().utf8()).isEqualTo("Action=PutMetricData");
        assertThat(decompressed.headers().has("Content-Encoding")).isFalse();
    }

    @Test
    void whatOnlyClaimsToBeGzipIsRefused() {
        assertThatThrownBy(() -> RequestBody.decompressed(put("plain", "Content-Encoding", "gzip")))
                .hasToString("SerializationException (400): The request body is not valid gzip");
    }

    /** Values of 123456789, the customary check of a CRC, and of the digests' own specifications. */
    @ParameterizedTest
    @CsvSource({
        "crc32,y/Q5Jg==", "crc32c,4waSgw==", "crc64nvme,rosUhgp5mIg=",
        "sha1,98O8HYCOBHMq32eZZczDTKeuNEE=", "sha256,FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
                "md5,JfnnlDI7RTiF9RgfG2JNCw=="
    })
    void checksumsHaveTheirPublishedValues(String algorithm, String base64) {
        Checksum checksum = Checksum.named(algorithm).orElseThrow();
        checksum.update("..123456789".getBytes(), 2, 4);
        checksum.update("56789".getBytes(), 0, 5);
        assertThat(checksum.base64()).isEqualTo(base64);
    }

    @Test
    void aBodyThatMatchesItsDigestsPasses() {
        HttpRequest request =
                put("123456789", "x-amz-checksum-crc32", "y/Q5Jg==", "Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw==");
        assertThat(RequestBody.proved(request, NONE).body().readAll().utf8()).isEqualTo("123456789");
    }

    @Test
    void aBodyThatDoesNotIsRefused() {
        assertThatThrownBy(() -> RequestBody.proved(put("12345678", "x-amz-checksum-crc32", "y/Q5Jg=="), NONE))
                .hasToString("BadDigest (400): The CRC32 you specified did not match the calculated checksum.");
        assertThatThrownBy(() -> RequestBody.proved(put("12345678", "Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw=="), NONE))
                .hasToString("BadDigest (400): The Content-MD5 you specified did not match what we received.");
        assertThatThrownBy(() -> RequestBody.proved(put("12345678", "Content-MD5", "nonsense"), NONE))
                .hasToString("InvalidDigest (400): The Content-MD5 you specified is not valid.");
        assertThatThrownBy(() -> RequestBody.proved(put("1"), new PayloadProof.Hash("00".repeat(32))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("XAmzContentSHA256Mismatch"));
    }

    @Test
    void aStreamedBodyFailsAtItsEnd() throws IOException {
        HttpRequest request = put("", "x-amz-checksum-crc32", "y/Q5Jg==").withBody(onceReadable("12345678"));
        HttpRequest proved = RequestBody.proved(request, NONE);
        try (InputStream in = proved.body().open()) {
            assertThat(in.readNBytes(8)).hasSize(8);
            assertThatThrownBy(in::read).isInstanceOf(Fault.class);
        }
    }

    @Test
    void unsignedChunksWithATrailerAreUnframed() {
        HttpRequest request = put(
                "5\r\n12345\r\n4\r\n6789\r\n0\r\nx-amz-checksum-crc64nvme:rosUhgp5mIg=\r\n\r\n",
                "Content-Encoding",
                "aws-chunked,gzip",
                "x-amz-decoded-content-length",
                "9",
                "x-amz-trailer",
                "x-amz-checksum-crc64nvme");
        HttpRequest proved = RequestBody.proved(request, UNSIGNED_CHUNKS);
        assertThat(proved.body().readAll().utf8()).isEqualTo("123456789");
        assertThat(proved.headers().all("Content-Encoding")).containsExactly("gzip");
    }

    @Test
    void aTrailerThatIsWrongOrMissingIsRefused() {
        String[] headers = {"x-amz-trailer", "x-amz-checksum-crc32"};
        assertThatThrownBy(() -> RequestBody.proved(
                        put("1\r\nx\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", headers), UNSIGNED_CHUNKS))
                .hasToString("BadDigest (400): The CRC32 you specified did not match the calculated checksum.");
        assertThatThrownBy(() -> RequestBody.proved(put("1\r\nx\r\n0\r\n\r\n", headers), UNSIGNED_CHUNKS))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("MalformedTrailerError"));
    }

    @Test
    void aBodyCutShortIsRefused() {
        assertThatThrownBy(() -> RequestBody.proved(put("9\r\n1234"), UNSIGNED_CHUNKS))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("IncompleteBody"));
    }

    /** The example of "Transferring payload in multiple chunks", Amazon S3 API Reference: 66,560 letters a, in chunks of 64 KiB. */
    @Test
    void theExampleOfSignedChunksHolds() {
        assertThat(example("a".repeat(1024)).body().readAll().utf8()).isEqualTo("a".repeat(66560));
    }

    @Test
    void aChangedChunkIsRefused() {
        assertThatThrownBy(() -> example("a".repeat(1023) + "b"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("SignatureDoesNotMatch"));
    }

    private static HttpRequest example(String secondChunk) {
        String body = "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
                + "a".repeat(65536)
                + "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
                + secondChunk
                + "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
        HttpRequest request = HttpRequest.of(
                "PUT",
                "/examplebucket/chunkObject.txt",
                Headers.of(
                        "Host", "s3.amazonaws.com",
                        "x-amz-date", "20130524T000000Z",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY",
                        "Authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
                        "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                        "Content-Encoding", "aws-chunked",
                        "x-amz-decoded-content-length", "66560",
                        "Content-Length", "66824"),
                ByteStream.of(Bytes.ofUtf8(body)));
        Credentials credentials =
                new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", Instant.MAX);
        ServiceModel s3 = new ServiceModel(
                "s3", "s3", "s3", "s3", "", List.of(ServiceModel.Protocol.REST_XML), "", "", "", Map.of());
        Authentication authentication = new SignatureVerifier(unused -> Optional.of(credentials))
                .verify(request, s3, ServiceModel.Protocol.REST_XML, Instant.parse("2013-05-24T00:00:00Z"));
        return RequestBody.proved(request, ((Authentication.Signed) authentication).payload());
    }

    private static ByteStream onceReadable(String text) {
        return new ByteStream() {
            @Override
            public InputStream open() {
                return Bytes.ofUtf8(text).asInputStream();
            }

            @Override
            public long length() {
                return text.length();
            }
        };
    }
}
