package virga.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.protocol.HttpRequest;

/** Checks who signed a request. Safe for use by several threads. */
public final class SignatureVerifier {
    static final Duration SKEW = Duration.ofMinutes(15);
    /** Days, regions and services of the keys in use; a key more is computed again. */
    private static final int MOST_KEYS = 4096;

    private final Secrets secrets;
    private final Map<KeyName, byte[]> keys = new ConcurrentHashMap<>();

    public SignatureVerifier(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Checks the signature of {@code request}, header or presigned. The body of a request to S3 is not read: it is proved while it is
     * (see {@link PayloadProof}); any other must be in memory.
     *
     * @param now real time: a client's clock knows nothing of an environment's
     * @param protocol the one that the request came in
     * @throws Fault as the service answers a signature that is incomplete, wrong, too old, or of a key that nobody has
     */
    public Authentication verify(
            HttpRequest request, ServiceModel service, ServiceModel.Protocol protocol, Instant now) {
        SignatureFaults faults = SignatureFaults.of(service, protocol);
        Optional<ClaimedSignature> claimed = ClaimedSignature.of(request, faults);
        if (claimed.isEmpty()) {
            return new Authentication.Anonymous();
        }
        ClaimedSignature claim = claimed.get();
        checkScope(claim, service, faults);
        Credentials credentials = secrets.find(claim.scope().accessKeyId()).orElseThrow(faults::unknownKey);
        checkToken(claim, credentials, now, faults);
        byte[] key = key(credentials, claim.scope());
        String contentSha256 = contentSha256(request, claim, faults.isS3());
        String canonical = CanonicalRequest.of(request, claim.signedHeaders(), contentSha256, faults.isS3());
        String stringToSign = CanonicalRequest.stringToSign(claim.amzDate(), claim.scope(), canonical);
        if (!matches(Signing.signature(key, stringToSign), claim.signature())) {
            throw faults.mismatch(canonical, stringToSign);
        }
        checkTime(claim, now, faults);
        return new Authentication.Signed(claim.scope(), proof(contentSha256, claim, key, faults.isS3()));
    }

    private static void checkScope(ClaimedSignature claim, ServiceModel service, SignatureFaults faults) {
        String date = claim.amzDate().substring(0, 8);
        if (!date.equals(claim.scope().date())) {
            throw faults.invalid(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + claim.scope().date() + "' != '" + date + "', from '" + claim.amzDate() + "'.");
        }
        boolean isS3 = faults.isS3() && claim.scope().service().startsWith("s3");
        if (!isS3 && !claim.scope().service().equals(service.signingName())) {
            throw faults.invalid("Credential should be scoped to correct service: '" + service.signingName() + "'. ");
        }
    }

    private static void checkToken(
            ClaimedSignature claim, Credentials credentials, Instant now, SignatureFaults faults) {
        if (!matches(credentials.sessionToken(), claim.sessionToken())) {
            throw faults.wrongToken();
        }
        if (credentials.expiration().isBefore(now)) {
            throw faults.expiredToken();
        }
    }

    private static void checkTime(ClaimedSignature claim, Instant now, SignatureFaults faults) {
        Instant signed = AmzDate.parse(claim.amzDate()).orElseThrow();
        if (signed.isAfter(now.plus(SKEW))) {
            throw faults.skewed(claim.amzDate(), now, false);
        }
        if (claim.isPresigned()) {
            Instant until = signed.plusSeconds(claim.expiresSeconds());
            if (until.isBefore(now)) {
                throw faults.expired(claim.amzDate(), until, now);
            }
        } else if (signed.isBefore(now.minus(SKEW))) {
            throw faults.skewed(claim.amzDate(), now, true);
        }
    }

    /** What stands in the canonical request for the body. */
    private static String contentSha256(HttpRequest request, ClaimedSignature claim, boolean isS3) {
        String said = request.headers().value("x-amz-content-sha256", "");
        if (isS3) {
            if (said.isEmpty() && claim.isPresigned()) {
                said = request.parameters().first("X-Amz-Content-Sha256").orElse("");
            }
            return said.isEmpty() ? CanonicalRequest.UNSIGNED : said;
        }
        if (said.equals(CanonicalRequest.UNSIGNED)) {
            return said;
        }
        return Signing.sha256Hex(request.body().readAll().unsafeArray());
    }

    private static PayloadProof proof(String contentSha256, ClaimedSignature claim, byte[] key, boolean isS3) {
        if (!isS3) {
            return new PayloadProof.None();
        }
        if (contentSha256.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")) {
            ChunkSigner signer =
                    new ChunkSigner(key, claim.amzDate(), claim.scope().withoutKey(), claim.signature());
            return new PayloadProof.SignedChunks(signer, contentSha256.endsWith("-TRAILER"));
        }
        return PayloadProof.unsigned(contentSha256);
    }

    private byte[] key(Credentials credentials, CredentialScope scope) {
        KeyName name = new KeyName(credentials.secretAccessKey(), scope);
        byte[] known = keys.get(name);
        if (known == null) {
            known = Signing.key(credentials.secretAccessKey(), scope);
            if (keys.size() >= MOST_KEYS) {
                keys.clear();
            }
            keys.put(name, known);
        }
        return known;
    }

    /** In a time that does not depend on where they differ. */
    private static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private record KeyName(String secret, CredentialScope scope) {
        @Override
        public String toString() {
            return "KeyName[" + scope + "]";
        }
    }
}
