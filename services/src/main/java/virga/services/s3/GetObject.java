package virga.services.s3;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.s3.GetObjectOutput;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.HeadObjectOutput;
import virga.model.s3.HeadObjectRequest;

/** Reads an object, or only what is known of it. Source: GetObject and HeadObject, Amazon S3 API Reference. */
final class GetObject {
    static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<String> OVERRIDES =
            List.of("CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType");

    private final Contents contents;

    GetObject(Contents contents) {
        this.contents = contents;
    }

    GetObjectOutput get(Call call, GetObjectRequest input, Exchange exchange) {
        StoredObject object = find(exchange, input, input.key(), input.versionId());
        Preconditions.read(
                object,
                new Preconditions.Conditions(
                        input.ifMatch(), input.ifNoneMatch(), input.ifModifiedSince(), input.ifUnmodifiedSince()),
                S3Faults.notModified());
        ByteRange range = ByteRange.of(object.content(), input.range(), input.partNumber());
        exchange.detail(Details.BYTES, Long.toString(range.length()));
        Map<String, Object> members = describe(object, range, input);
        members.put("Body", contents.read(exchange, object.content(), range.from(), range.length()));
        return Members.with(GetObjectOutput.class, GetObjectOutput.builder().build(), members);
    }

    HeadObjectOutput head(Call call, HeadObjectRequest input, Exchange exchange) {
        StoredObject object = find(exchange, input, input.key(), input.versionId());
        Preconditions.read(
                object,
                new Preconditions.Conditions(
                        input.ifMatch(), input.ifNoneMatch(), input.ifModifiedSince(), input.ifUnmodifiedSince()),
                S3Faults.notModified());
        ByteRange range = ByteRange.of(object.content(), input.range(), input.partNumber());
        return Members.with(HeadObjectOutput.class, HeadObjectOutput.builder().build(), describe(object, range, input));
    }

    private static StoredObject find(Exchange exchange, Structure input, String key, Optional<String> versionId) {
        Refusals.ofObject(input);
        return exchange.read(reading -> Objects.find(reading, Buckets.of(reading, input), key, versionId));
    }

    private static Map<String, Object> describe(StoredObject object, ByteRange range, Structure input) {
        Map<String, Object> members = new HashMap<>(object.description().headers());
        Content content = object.content();
        members.put("Metadata", new LinkedHashMap<>(object.description().metadata()));
        members.put("AcceptRanges", "bytes");
        members.put("LastModified", object.modifiedAt());
        members.put("ETag", content.quotedETag());
        members.put("ContentLength", range.length());
        members.put("ServerSideEncryption", "AES256");
        members.put("VersionId", PutObject.shownVersion(object));
        if (!object.tags().isEmpty()) {
            members.put("TagCount", object.tags().size());
        }
        if (range.partial()) {
            members.put(
                    "ContentRange",
                    "bytes " + range.from() + "-" + (range.from() + range.length() - 1) + "/" + content.size());
        }
        if (Members.isSet(input, "PartNumber") && content.isMultipart()) {
            members.put("PartsCount", content.segments().size());
        }
        if (Members.text(input, "ChecksumMode").filter("ENABLED"::equals).isPresent() && !range.partial()) {
            members.putAll(content.checksums());
            members.put("ChecksumType", content.checksumType());
        }
        for (String header : OVERRIDES) {
            Members.text(input, "Response" + header).ifPresent(value -> members.put(header, value));
        }
        input.get("ResponseExpires")
                .ifPresent(value -> members.put("Expires", HTTP_DATE.format((java.time.Instant) value)));
        return members;
    }

    /** Which bytes are asked for. Source: RFC 9110 section 14; several ranges at once are not served, so the whole is. */
    record ByteRange(long from, long length, boolean partial) {
        static ByteRange of(Content content, Optional<String> range, Optional<Integer> partNumber) {
            if (partNumber.isPresent()) {
                if (range.isPresent()) {
                    throw S3Faults.invalidRequest("Cannot specify both Range header and partNumber query parameter");
                }
                return part(content, partNumber.get());
            }
            long size = content.size();
            var matcher = java.util.regex.Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})")
                    .matcher(range.orElse(""));
            if (!matcher.matches()
                    || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
                return new ByteRange(0, size, false);
            }
            long from;
            long to = size - 1;
            if (matcher.group(1).isEmpty()) {
                from = Math.max(0, size - Long.parseLong(matcher.group(2)));
            } else {
                from = Long.parseLong(matcher.group(1));
                to = matcher.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(matcher.group(2)));
                if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < from) {
                    return new ByteRange(0, size, false);
                }
            }
            if (from >= size || to < from) {
                throw S3Faults.invalidRange();
            }
            return new ByteRange(from, to - from + 1, true);
        }

        private static ByteRange part(Content content, int number) {
            if (number < 1 || number > content.segments().size()) {
                throw new Fault("InvalidPartNumber", 416, "The requested partnumber is not satisfiable");
            }
            long from = content.segments().stream()
                    .limit(number - 1L)
                    .mapToLong(Content.Segment::size)
                    .sum();
            long length = content.segments().get(number - 1).size();
            return new ByteRange(from, length, length > 0);
        }
    }
}
