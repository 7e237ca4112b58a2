package virga.services.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.s3.CommonPrefix;
import virga.model.s3.ListObjectsOutput;
import virga.model.s3.ListObjectsRequest;
import virga.model.s3.ListObjectsV2Output;
import virga.model.s3.ListObjectsV2Request;
import virga.model.s3.S3Object;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Reading;

/** Pages of keys. Source: ListObjects and ListObjectsV2, Amazon S3 API Reference. */
final class ListObjects {
    static final int MOST_KEYS = 1000;

    private ListObjects() {}

    /** Which keys are asked for. {@code after} and {@code delimiter} may be empty. */
    record Question(String prefix, String delimiter, String after, int most) {
        Question {
            if (most < 0) {
                throw S3Faults.invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647");
            }
            most = Math.min(most, MOST_KEYS);
        }

        /** The prefix that {@code key} is rolled up into, or nothing. */
        private Optional<String> rolledUp(String key) {
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return cut < 0 ? Optional.empty() : Optional.of(key.substring(0, cut + delimiter.length()));
        }
    }

    /** {@code last} is the last key or prefix of the page. */
    record Page(List<Reading.Entry> rows, List<String> prefixes, String last, boolean truncated) {}

    /** Reads {@code space}, whose first two parts are the bucket and the key, from {@code range} on. */
    static Page page(Reading reading, KeySpace space, KeyRange range, Question question) {
        List<Reading.Entry> rows = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            for (Reading.Entry entry : (Iterable<Reading.Entry>) entries::iterator) {
                String key = space.text(entry.key(), 1);
                if (!key.startsWith(question.prefix())) {
                    break;
                }
                Optional<String> rolledUp = question.rolledUp(key);
                boolean shown = rolledUp.isPresent()
                        && (rolledUp.get().equals(question.after())
                                || !prefixes.isEmpty() && prefixes.getLast().equals(rolledUp.get()));
                if (shown) {
                    continue;
                }
                if (rows.size() + prefixes.size() == question.most()) {
                    return new Page(rows, prefixes, last, question.most() > 0);
                }
                if (rolledUp.isPresent()) {
                    prefixes.add(rolledUp.get());
                    last = rolledUp.get();
                } else {
                    rows.add(entry);
                    last = key;
                }
            }
        }
        return new Page(rows, prefixes, last, false);
    }

    private static Page objects(Reading reading, S3Bucket bucket, Question question) {
        KeyRange all = S3Keys.CURRENT.range(bucket.name());
        // The parts of a key are ended by zeros, so a prefix stands before all that begin with it.
        KeyRange range = question.after().compareTo(question.prefix()) > 0
                ? all.after(S3Keys.current(bucket.name(), question.after()))
                : all.startingAt(S3Keys.current(bucket.name(), question.prefix()));
        return page(reading, S3Keys.CURRENT, range, question);
    }

    static ListObjectsV2Output second(Call call, ListObjectsV2Request input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        Names names = Names.of(input.encodingType());
        String after = input.continuationToken()
                .map(ListObjects::fromToken)
                .orElse(input.startAfter().orElse(""));
        Question question = new Question(
                input.prefix().orElse(""),
                input.delimiter().orElse(""),
                after,
                input.maxKeys().orElse(MOST_KEYS));
        Page page = objects(work, bucket, question);
        return ListObjectsV2Output.builder()
                .name(bucket.name())
                .prefix(names.of(question.prefix()))
                .delimiter(input.delimiter().map(names::of).orElse(null))
                .startAfter(input.startAfter().map(names::of).orElse(null))
                .continuationToken(input.continuationToken().orElse(null))
                .encodingType(input.encodingType().orElse(null))
                .maxKeys(question.most())
                .keyCount(page.rows().size() + page.prefixes().size())
                .isTruncated(page.truncated())
                .nextContinuationToken(page.truncated() ? token(page.last()) : null)
                .contents(contents(bucket, page, names, input.fetchOwner().orElse(false)))
                .commonPrefixes(prefixes(page, names))
                .build();
    }

    static ListObjectsOutput first(Call call, ListObjectsRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        Names names = Names.of(input.encodingType());
        Question question = new Question(
                input.prefix().orElse(""),
                input.delimiter().orElse(""),
                input.marker().orElse(""),
                input.maxKeys().orElse(MOST_KEYS));
        Page page = objects(work, bucket, question);
        return ListObjectsOutput.builder()
                .name(bucket.name())
                .prefix(names.of(question.prefix()))
                .marker(names.of(question.after()))
                .delimiter(input.delimiter().map(names::of).orElse(null))
                .encodingType(input.encodingType().orElse(null))
                .maxKeys(question.most())
                .isTruncated(page.truncated())
                .nextMarker(page.truncated() && input.delimiter().isPresent() ? names.of(page.last()) : null)
                .contents(contents(bucket, page, names, true))
                .commonPrefixes(prefixes(page, names))
                .build();
    }

    private static List<S3Object> contents(S3Bucket bucket, Page page, Names names, boolean withOwner) {
        List<S3Object> objects = new ArrayList<>();
        for (Reading.Entry row : page.rows()) {
            StoredObject object = S3Keys.OBJECT_ROW.decode(row.value());
            objects.add(S3Object.builder()
                    .key(names.of(object.key()))
                    .lastModified(object.modifiedAt())
                    .eTag(object.content().quotedETag())
                    .size(object.content().size())
                    .storageClass("STANDARD")
                    .checksumAlgorithm(algorithms(object.content()))
                    .checksumType(object.content().checksumType())
                    .owner(withOwner ? Owners.of(bucket.account()) : null)
                    .build());
        }
        return objects;
    }

    static List<String> algorithms(Content content) {
        return content.checksums().keySet().stream()
                .map(member -> member.substring("Checksum".length()))
                .toList();
    }

    static List<CommonPrefix> prefixes(Page page, Names names) {
        return page.prefixes().stream()
                .map(prefix -> CommonPrefix.builder().prefix(names.of(prefix)).build())
                .toList();
    }

    static String token(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    static String fromToken(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Faults.invalidArgument("The continuation token provided is incorrect");
        }
    }

    /** How names are written: as they are, or encoded for XML 1.0, which cannot hold every character. */
    @FunctionalInterface
    interface Names {
        String of(String name);

        static Names of(Optional<String> encoding) {
            if (encoding.isEmpty()) {
                return name -> name;
            } else if (!encoding.get().equals("url")) {
                throw S3Faults.invalidArgument("Invalid Encoding Method specified in Request");
            }
            return name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/");
        }
    }
}
