package virga.services.s3;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import virga.cloud.Exchange;
import virga.cloud.Streaming;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.s3.PutObjectOutput;
import virga.model.s3.PutObjectRequest;

/** Writes an object. Source: PutObject, Amazon S3 API Reference. */
final class PutObject implements Streaming<PutObjectRequest, PutObjectOutput> {
    static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";
    private static final int MOST_TAGS = 10;
    private static final List<String> HEADERS = List.of(
            "CacheControl",
            "ContentDisposition",
            "ContentEncoding",
            "ContentLanguage",
            "ContentType",
            "Expires",
            "WebsiteRedirectLocation");

    private final S3Limits limits;
    private final Contents contents;
    private final Objects objects;
    private final Notifications notifications;

    PutObject(S3Limits limits, Contents contents, Objects objects, Notifications notifications) {
        this.limits = limits;
        this.contents = contents;
        this.objects = objects;
        this.notifications = notifications;
    }

    @Override
    public PutObjectOutput handle(Call call, PutObjectRequest input, Exchange exchange) throws IOException {
        Refusals.ofObject(input);
        checkKey(limits, input.key());
        StoredObject.Description description = description(limits, input);
        Map<String, String> tags = tags(input.tagging());
        exchange.read(reading -> Buckets.of(reading, input));
        ByteStream body = input.body().orElse(ByteStream.of(Bytes.EMPTY));
        Contents.Written written = contents.write(exchange, body, wanted(input));
        verify(input, written);
        exchange.detail(Details.BYTES, Long.toString(written.size()));
        Content content = new Content(List.of(written.segment(1)), written.md5(), written.checksums(), "FULL_OBJECT");
        StoredObject object = exchange.transact(work -> {
            S3Bucket bucket = Buckets.of(work, input);
            Preconditions.write(Objects.current(work, bucket, input.key()), input.ifMatch(), input.ifNoneMatch());
            contents.settle(work, written);
            StoredObject put = objects.put(call, work, bucket, input.key(), content, description, tags);
            notifications.created(call, work, bucket, put, "ObjectCreated:Put");
            return put;
        });
        PutObjectOutput output = PutObjectOutput.builder()
                .eTag(content.quotedETag())
                .serverSideEncryption("AES256")
                .checksumType(content.checksumType())
                .versionId(shownVersion(object))
                .build();
        return Members.with(PutObjectOutput.class, output, content.checksums());
    }

    /** Not shown where the bucket has never been versioned. */
    static String shownVersion(StoredObject object) {
        return object.versionId().equals(StoredObject.NULL_VERSION) ? null : object.versionId();
    }

    static void checkKey(S3Limits limits, String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > limits.keyBytes()) {
            throw new Fault("KeyTooLongError", 400, "Your key is too long");
        }
    }

    static StoredObject.Description description(S3Limits limits, Structure input) {
        Map<String, String> headers = new TreeMap<>();
        for (String header : HEADERS) {
            Members.text(input, header).ifPresent(value -> headers.put(header, value));
        }
        // The encoding of the request's transfer, not of the object. Source: "Signature calculations: chunked upload",
        // S3 API Reference.
        headers.computeIfPresent("ContentEncoding", (name, value) -> {
            String kept = value.replaceAll("(^|,)\\s*aws-chunked\\s*", "").replaceFirst("^\\s*,\\s*", "");
            return kept.isEmpty() ? null : kept;
        });
        headers.putIfAbsent("ContentType", DEFAULT_CONTENT_TYPE);
        Map<String, String> metadata = new TreeMap<>();
        input.get("Metadata")
                .ifPresent(given -> ((Map<?, ?>) given)
                        .forEach((name, value) -> metadata.put(
                                String.valueOf(name).toLowerCase(java.util.Locale.ROOT), String.valueOf(value))));
        int size = metadata.entrySet().stream()
                .mapToInt(entry -> Bytes.ofUtf8(entry.getKey()).length()
                        + Bytes.ofUtf8(entry.getValue()).length())
                .sum();
        if (size > limits.metadataBytes()) {
            throw new Fault("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size");
        }
        return new StoredObject.Description(headers, metadata);
    }

    /** Tags as a header has them: a URL's query. */
    static Map<String, String> tags(Optional<String> header) {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : header.orElse("").split("&")) {
            if (!pair.isEmpty()) {
                int cut = pair.indexOf('=');
                String name = decoded(cut < 0 ? pair : pair.substring(0, cut));
                String before = tags.put(name, cut < 0 ? "" : decoded(pair.substring(cut + 1)));
                if (before != null) {
                    throw S3Faults.invalidArgument(
                            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.");
                }
            }
        }
        checkTags(tags, MOST_TAGS);
        return tags;
    }

    /** Source: "Categorizing your objects using tags", Amazon S3 User Guide. */
    static void checkTags(Map<String, String> tags, int most) {
        if (tags.size() > most) {
            throw new Fault("BadRequest", 400, "Object tags cannot be greater than " + most);
        }
        tags.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > 128) {
                throw new Fault("InvalidTag", 400, "The TagKey you have provided is invalid");
            } else if (value.length() > 256) {
                throw new Fault("InvalidTag", 400, "The TagValue you have provided is invalid");
            }
        });
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The checksums to compute: those that the client sends or names; without any, what S3 adds by itself. */
    static Set<Digest> wanted(Structure input) {
        Set<Digest> wanted = EnumSet.noneOf(Digest.class);
        for (Digest digest : Digest.values()) {
            if (Members.isSet(input, digest.member())) {
                wanted.add(digest);
            }
        }
        Members.text(input, "ChecksumAlgorithm")
                .ifPresent(name -> wanted.add(Digest.named(name)
                        .orElseThrow(() -> Fault.unsupported("s3:PutObject/ChecksumAlgorithm/" + name))));
        if (wanted.isEmpty()) {
            wanted.add(Digest.CRC64NVME);
        }
        return wanted;
    }

    /** Whether what arrived is what the client says it sent. What was kept of it is left to its timer. */
    static void verify(Structure input, Contents.Written written) {
        written.checksums()
                .forEach((member, value) -> Members.text(input, member).ifPresent(given -> {
                    if (!given.equals(value)) {
                        throw new Fault(
                                "BadDigest",
                                400,
                                "The " + member.substring("Checksum".length())
                                        + " you specified did not match the calculated checksum.");
                    }
                }));
        Members.text(input, "ContentMD5").ifPresent(given -> {
            Bytes md5 = decodedDigest(given);
            if (!md5.hex().equals(written.md5())) {
                throw new Fault("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
            }
        });
    }

    private static Bytes decodedDigest(String given) {
        try {
            Bytes md5 = Bytes.ofBase64(given);
            if (md5.length() == Digest.MD5.bytes()) {
                return md5;
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered like any other digest that cannot be one.
        }
        throw new Fault("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
    }
}
