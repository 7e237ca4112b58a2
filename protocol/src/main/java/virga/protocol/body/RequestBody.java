package virga.protocol.body;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.signature.ChunkSigner;
import virga.protocol.signature.PayloadProof;

/** The body as the operation should see it. */
public final class RequestBody {
    /** No request that is not streamed is larger than this; Lambda's 50 MB of code in base64 comes closest. */
    private static final int MOST_DECOMPRESSED = 128 * 1024 * 1024;

    private RequestBody() {}

    /**
     * The request with its body decompressed where {@code Content-Encoding} says gzip, and without that header. Not for S3, where the
     * encoding belongs to the object. Source: Smithy's {@code requestCompression} trait.
     *
     * @throws Fault SerializationException where the body is not what the header says
     */
    public static HttpRequest decompressed(HttpRequest request) {
        String encoding = request.headers().value("Content-Encoding", "");
        if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            return request;
        }
        if (request.body().length() == 0) {
            return request;
        }
        try (GZIPInputStream in = new GZIPInputStream(request.body().open())) {
            byte[] content = in.readNBytes(MOST_DECOMPRESSED + 1);
            if (content.length > MOST_DECOMPRESSED) {
                throw new Fault("RequestEntityTooLargeException", 413, "The decompressed request body is too large");
            }
            return request.withBody(ByteStream.of(Bytes.wrap(content)))
                    .withHeaders(request.headers().without("Content-Encoding"));
        } catch (IOException e) {
            throw new Fault("SerializationException", 400, "The request body is not valid gzip");
        }
    }

    /**
     * The request with its body unframed, and checked against every digest that its headers or trailers name: {@code aws-chunked},
     * {@code x-amz-content-sha256}, {@code Content-MD5}, {@code x-amz-checksum-*}. A body in memory is checked at once, a streamed one
     * while it is read: the reader must not keep what it read before the end is reached.
     *
     * @param proof from the request's signature; for one that is not signed, {@link PayloadProof#unsigned}
     * @throws Fault BadDigest, XAmzContentSHA256Mismatch, SignatureDoesNotMatch, IncompleteBody, at once or while reading
     */
    public static HttpRequest proved(HttpRequest request, PayloadProof proof) {
        Headers headers = request.headers();
        List<CheckedStream.Check> checks = new ArrayList<>();
        digests(request, checks);
        HttpRequest proved = switch (proof) {
            case PayloadProof.None unchecked -> checked(request, checks);
            case PayloadProof.Hash hash -> {
                checks.add(new CheckedStream.Check(
                        Checksum.named("sha256").orElseThrow(), base64(hash.sha256()), BodyFaults.hashMismatch()));
                yield checked(request, checks);
            }
            case PayloadProof.SignedChunks chunks ->
                checked(unframed(request, chunks.signer(), chunks.trailer()), checks);
            case PayloadProof.UnsignedChunks chunks -> checked(unframed(request, null, false), checks);
        };
        boolean inMemory = request.body().repeatable() && proved != request;
        return inMemory ? proved.withBody(ByteStream.of(proved.body().readAll())) : proved;
    }

    private static void digests(HttpRequest request, List<CheckedStream.Check> checks) {
        Headers headers = request.headers();
        headers.first("Content-MD5").ifPresent(md5 -> {
            if (decoded(md5).length != 16) {
                throw BodyFaults.invalidMd5();
            }
            checks.add(new CheckedStream.Check(Checksum.named("md5").orElseThrow(), md5, BodyFaults.badMd5()));
        });
        if (request.method().equals("POST") && request.query().contains("uploadId=")) {
            // CompleteMultipartUpload names the checksum of the object, not of its own body.
            return;
        }
        headers.forEach((name, value) -> Checksum.forHeader(name)
                .ifPresent(checksum ->
                        checks.add(new CheckedStream.Check(checksum, value, BodyFaults.badDigest(algorithm(name))))));
    }

    private static HttpRequest checked(HttpRequest request, List<CheckedStream.Check> checks) {
        ByteStream body = request.body();
        return checks.isEmpty()
                ? request
                : request.withBody(new ProvedBody(body, body.length(), raw -> new CheckedStream(raw, checks)));
    }

    private static HttpRequest unframed(HttpRequest request, ChunkSigner signer, boolean signedTrailer) {
        Headers headers = request.headers();
        String trailer = headers.value("x-amz-trailer", "").strip();
        long length = decodedLength(headers);
        ByteStream body = new ProvedBody(
                request.body(),
                length,
                raw -> new ChunkedStream(new BufferedInputStream(raw), signer, signedTrailer, trailer));
        return request.withBody(body).withHeaders(withoutChunkedEncoding(headers));
    }

    private static long decodedLength(Headers headers) {
        try {
            return Long.parseLong(headers.value("x-amz-decoded-content-length", "-1"));
        } catch (NumberFormatException e) {
            throw BodyFaults.incomplete();
        }
    }

    /** {@code aws-chunked} is how the body travelled; what else the header says belongs to the object. */
    private static Headers withoutChunkedEncoding(Headers headers) {
        if (!headers.has("Content-Encoding")) {
            return headers;
        }
        List<String> kept = new ArrayList<>();
        for (String encoding : headers.value("Content-Encoding", "").split(",")) {
            if (!encoding.strip().equals("aws-chunked")) {
                kept.add(encoding.strip());
            }
        }
        Headers rest = headers.without("Content-Encoding");
        return kept.isEmpty() ? rest : rest.and("Content-Encoding", String.join(",", kept));
    }

    static String algorithm(String header) {
        return header.substring(Checksum.PREFIX.length()).toUpperCase(Locale.ROOT);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String base64(String hex) {
        try {
            return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    "InvalidArgument",
                    400,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                            + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
                            + "or a valid sha256 value.");
        }
    }
}
