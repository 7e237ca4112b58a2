package virga.services.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.s3.AbortMultipartUploadOutput;
import virga.model.s3.AbortMultipartUploadRequest;
import virga.model.s3.CopyPartResult;
import virga.model.s3.CreateMultipartUploadOutput;
import virga.model.s3.CreateMultipartUploadRequest;
import virga.model.s3.UploadPartCopyOutput;
import virga.model.s3.UploadPartCopyRequest;
import virga.model.s3.UploadPartOutput;
import virga.model.s3.UploadPartRequest;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;

/** Begins uploads in parts, takes the parts and gives uploads up. Source: "Multipart upload", Amazon S3 User Guide. */
final class MultipartUploads {
    static final Codec<Upload> UPLOAD_ROW = RecordCodec.of(Upload.class);
    static final Codec<Upload.Received> PART_ROW = RecordCodec.of(Upload.Received.class);

    private final S3Limits limits;
    private final Contents contents;

    MultipartUploads(S3Limits limits, Contents contents) {
        this.limits = limits;
        this.contents = contents;
    }

    CreateMultipartUploadOutput create(Call call, CreateMultipartUploadRequest input, UnitOfWork work) {
        Refusals.ofObject(input);
        PutObject.checkKey(limits, input.key());
        S3Bucket bucket = Buckets.of(work, input);
        Optional<Digest> algorithm = input.checksumAlgorithm()
                .map(name -> Digest.named(name)
                        .orElseThrow(() -> Fault.unsupported("s3:CreateMultipartUpload/ChecksumAlgorithm/" + name)));
        Upload upload = new Upload(
                bucket.name(),
                input.key(),
                work.ids().alphanumeric(64),
                work.now(),
                call.account(),
                PutObject.description(limits, input),
                PutObject.tags(input.tagging()),
                algorithm,
                checksumType(algorithm, input.checksumType()));
        work.put(key(upload), upload, UPLOAD_ROW);
        return CreateMultipartUploadOutput.builder()
                .bucket(bucket.name())
                .key(input.key())
                .uploadId(upload.uploadId())
                .serverSideEncryption("AES256")
                .checksumAlgorithm(input.checksumAlgorithm().orElse(null))
                .checksumType(algorithm.isPresent() ? upload.checksumType() : null)
                .build();
    }

    /** Which algorithm goes with which type. Source: "Full object and composite checksum types", Amazon S3 User Guide. */
    private static String checksumType(Optional<Digest> algorithm, Optional<String> asked) {
        boolean whole = algorithm.isEmpty() || algorithm.get() == Digest.CRC64NVME;
        String type = asked.orElse(whole ? "FULL_OBJECT" : "COMPOSITE");
        boolean possible = type.equals("FULL_OBJECT")
                ? algorithm.map(Digest::isCrc).orElse(true)
                : type.equals("COMPOSITE") && !whole;
        if (!possible) {
            throw S3Faults.invalidRequest("The " + type + " checksum type cannot be used with the "
                    + algorithm.map(Digest::name).orElse("null").toLowerCase(java.util.Locale.ROOT)
                    + " checksum algorithm.");
        }
        return type;
    }

    static Key key(Upload upload) {
        return S3Keys.UPLOAD.key(upload.bucket(), upload.key(), upload.uploadId());
    }

    static Upload find(Reading reading, S3Bucket bucket, String key, String uploadId) {
        return reading.get(S3Keys.UPLOAD.key(bucket.name(), key, uploadId), UPLOAD_ROW)
                .orElseThrow(S3Faults::noSuchUpload);
    }

    static List<Upload.Received> parts(Reading reading, Upload upload) {
        try (Stream<Reading.Entry> rows = reading.scan(S3Keys.PART.range(upload.uploadId()))) {
            return rows.map(row -> PART_ROW.decode(row.value())).toList();
        }
    }

    UploadPartOutput part(Call call, UploadPartRequest input, Exchange exchange) throws IOException {
        Refusals.ofObject(input);
        checkNumber(input.partNumber());
        Upload upload =
                exchange.read(reading -> find(reading, Buckets.of(reading, input), input.key(), input.uploadId()));
        Set<Digest> wanted = PutObject.wanted(input);
        if (upload.algorithm().filter(digest -> !wanted.contains(digest)).isPresent() && namesChecksum(input)) {
            throw S3Faults.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                    + upload.digest().name().toLowerCase(java.util.Locale.ROOT) + ", actual checksum Type: "
                    + wanted.iterator().next().name().toLowerCase(java.util.Locale.ROOT));
        }
        wanted.add(upload.digest());
        ByteStream body = input.body().orElse(ByteStream.of(Bytes.EMPTY));
        Contents.Written written = contents.write(exchange, body, wanted);
        PutObject.verify(input, written);
        keep(exchange, upload, input, input.partNumber(), written);
        UploadPartOutput output = UploadPartOutput.builder()
                .eTag('"' + written.md5() + '"')
                .serverSideEncryption("AES256")
                .build();
        return Members.with(UploadPartOutput.class, output, written.checksums());
    }

    private static boolean namesChecksum(Structure input) {
        return Members.isSet(input, "ChecksumAlgorithm")
                || java.util.Arrays.stream(Digest.values()).anyMatch(digest -> Members.isSet(input, digest.member()));
    }

    UploadPartCopyOutput copy(Call call, UploadPartCopyRequest input, Exchange exchange) throws IOException {
        Refusals.ofObject(input);
        checkNumber(input.partNumber());
        Upload upload =
                exchange.read(reading -> find(reading, Buckets.of(reading, input), input.key(), input.uploadId()));
        StoredObject source = CopySource.parse(input.copySource()).find(call, input, exchange);
        var range = GetObject.ByteRange.of(source.content(), input.copySourceRange(), Optional.empty());
        if (input.copySourceRange().isPresent() && !range.partial()) {
            throw S3Faults.invalidArgument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
        }
        Contents.Written written = contents.write(
                exchange,
                contents.read(exchange, source.content(), range.from(), range.length()),
                Set.of(upload.digest()));
        keep(exchange, upload, input, input.partNumber(), written);
        Map<String, Object> result = new HashMap<>(written.checksums());
        result.put("ETag", '"' + written.md5() + '"');
        result.put("LastModified", call.at());
        return UploadPartCopyOutput.builder()
                .copyPartResult(Members.with(
                        CopyPartResult.class, CopyPartResult.builder().build(), result))
                .copySourceVersionId(PutObject.shownVersion(source))
                .serverSideEncryption("AES256")
                .build();
    }

    private void checkNumber(int number) {
        if (number < 1 || number > limits.parts()) {
            throw S3Faults.invalidArgument(
                    "Part number must be an integer between 1 and " + limits.parts() + ", inclusive");
        }
    }

    /** A part that is sent again takes the place of the one before. */
    private void keep(Exchange exchange, Upload upload, Structure input, int number, Contents.Written written) {
        exchange.detail(Details.BYTES, Long.toString(written.size()));
        exchange.transact(work -> {
            find(work, Buckets.of(work, input), upload.key(), upload.uploadId());
            Key key = S3Keys.PART.key(upload.uploadId(), (long) number);
            work.get(key, PART_ROW)
                    .ifPresent(old -> contents.release(work, old.segment().contentId()));
            contents.settle(work, written);
            work.put(key, new Upload.Received(written.segment(number), work.now()), PART_ROW);
            return number;
        });
    }

    AbortMultipartUploadOutput abort(Call call, AbortMultipartUploadRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        remove(contents, work, find(work, bucket, input.key(), input.uploadId()), Set.of());
        return AbortMultipartUploadOutput.builder().build();
    }

    /** Deletes an upload and its parts; the contents in {@code kept} have become an object's. */
    static void remove(Contents contents, UnitOfWork work, Upload upload, Set<String> kept) {
        for (Upload.Received part : parts(work, upload)) {
            if (!kept.contains(part.segment().contentId())) {
                contents.release(work, part.segment().contentId());
            }
        }
        work.delete(S3Keys.PART.range(upload.uploadId()));
        work.delete(key(upload));
    }

    static void abortAll(Contents contents, UnitOfWork work, String bucket) {
        List<Upload> uploads = new ArrayList<>();
        try (Stream<Reading.Entry> rows = work.scan(S3Keys.UPLOAD.range(bucket))) {
            rows.forEach(row -> uploads.add(UPLOAD_ROW.decode(row.value())));
        }
        uploads.forEach(upload -> remove(contents, work, upload, Set.of()));
    }
}
