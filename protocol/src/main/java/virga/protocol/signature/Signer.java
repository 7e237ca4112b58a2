package virga.protocol.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import virga.kernel.Credentials;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.PercentCoding;

/** Signs requests as a client does: for Virga's own commands and tests. */
public final class Signer {
    private final Credentials credentials;
    private final String region;
    private final String service;

    /** @param service the signing name, as in {@code sqs} */
    public Signer(Credentials credentials, String region, String service) {
        this.credentials = credentials;
        this.region = region;
        this.service = service;
    }

    /** The request with its signature in the {@code Authorization} header; it must have a {@code Host}, and its body be in memory. */
    public HttpRequest sign(HttpRequest request, Instant now) {
        boolean isS3 = service.equals("s3");
        String amzDate = AmzDate.format(now);
        Headers.Builder headers = Headers.builder()
                .addAll(request.headers().without("X-Amz-Date"))
                .add("X-Amz-Date", amzDate);
        String contentSha256 = request.headers().value("x-amz-content-sha256", "");
        if (contentSha256.isEmpty()) {
            contentSha256 = Signing.sha256Hex(request.body().readAll().unsafeArray());
            if (isS3) {
                headers.add("x-amz-content-sha256", contentSha256);
            }
        }
        if (!credentials.sessionToken().isEmpty()) {
            headers.add("X-Amz-Security-Token", credentials.sessionToken());
        }
        HttpRequest complete = request.withHeaders(headers.build());
        TreeSet<String> names = complete.headers().names();
        names.remove("user-agent");
        String signedHeaders = String.join(";", names);
        CredentialScope scope = scope(amzDate);
        String signature = signature(complete, scope, amzDate, signedHeaders, contentSha256);
        String authorization = Signing.ALGORITHM + " Credential=" + scope.accessKeyId() + "/" + scope.withoutKey()
                + ", SignedHeaders=" + signedHeaders + ", Signature=" + signature;
        return complete.withHeaders(complete.headers().and("Authorization", authorization));
    }

    /** The request with its signature in the query: a URL that anyone can use until it expires. Only the host is signed. */
    public HttpRequest presign(HttpRequest request, Instant now, Duration validFor) {
        String amzDate = AmzDate.format(now);
        CredentialScope scope = scope(amzDate);
        StringBuilder query = new StringBuilder(request.query());
        query.append(request.query().isEmpty() ? "" : "&")
                .append("X-Amz-Algorithm=")
                .append(Signing.ALGORITHM);
        query.append("&X-Amz-Credential=").append(PercentCoding.encode(scope.accessKeyId() + "/" + scope.withoutKey()));
        query.append("&X-Amz-Date=").append(amzDate);
        query.append("&X-Amz-Expires=").append(validFor.toSeconds());
        query.append("&X-Amz-SignedHeaders=host");
        if (!credentials.sessionToken().isEmpty()) {
            query.append("&X-Amz-Security-Token=").append(PercentCoding.encode(credentials.sessionToken()));
        }
        HttpRequest unsigned =
                new HttpRequest(request.method(), request.path(), query.toString(), request.headers(), request.body());
        String contentSha256 = service.equals("s3")
                ? CanonicalRequest.UNSIGNED
                : Signing.sha256Hex(request.body().readAll().unsafeArray());
        String signature = signature(unsigned, scope, amzDate, "host", contentSha256);
        query.append("&X-Amz-Signature=").append(signature);
        return new HttpRequest(request.method(), request.path(), query.toString(), request.headers(), request.body());
    }

    /** Signs the chunks of a body whose request was {@linkplain #sign signed} with a {@code STREAMING-} content hash. */
    public ChunkSigner chunks(HttpRequest signed) {
        String authorization = signed.headers().value("Authorization", "");
        String seed = authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
        String amzDate = signed.headers().value("X-Amz-Date", "");
        CredentialScope scope = scope(amzDate);
        return new ChunkSigner(Signing.key(credentials.secretAccessKey(), scope), amzDate, scope.withoutKey(), seed);
    }

    private CredentialScope scope(String amzDate) {
        return new CredentialScope(credentials.accessKeyId(), amzDate.substring(0, 8), region, service);
    }

    private String signature(
            HttpRequest request, CredentialScope scope, String amzDate, String signedHeaders, String contentSha256) {
        String canonical = CanonicalRequest.of(request, signedHeaders, contentSha256, service.equals("s3"));
        return Signing.signature(
                Signing.key(credentials.secretAccessKey(), scope),
                CanonicalRequest.stringToSign(amzDate, scope, canonical));
    }
}
