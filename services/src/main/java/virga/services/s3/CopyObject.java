package virga.services.s3;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.cloud.Exchange;
import virga.cloud.Streaming;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.model.s3.CopyObjectOutput;
import virga.model.s3.CopyObjectRequest;
import virga.model.s3.CopyObjectResult;

/** Copies an object within the cloud. Source: CopyObject, Amazon S3 API Reference. */
final class CopyObject implements Streaming<CopyObjectRequest, CopyObjectOutput> {
    private final S3Limits limits;
    private final Contents contents;
    private final Objects objects;
    private final Notifications notifications;

    CopyObject(S3Limits limits, Contents contents, Objects objects, Notifications notifications) {
        this.limits = limits;
        this.contents = contents;
        this.objects = objects;
        this.notifications = notifications;
    }

    @Override
    public CopyObjectOutput handle(Call call, CopyObjectRequest input, Exchange exchange) throws IOException {
        Refusals.ofObject(input);
        PutObject.checkKey(limits, input.key());
        exchange.read(reading -> Buckets.of(reading, input));
        CopySource from = CopySource.parse(input.copySource());
        StoredObject source = from.find(call, input, exchange);
        boolean replaces = directive("metadata", input.metadataDirective().orElse("COPY"));
        boolean retags = directive("tagging", input.taggingDirective().orElse("COPY"));
        boolean itself = from.bucket().equals(input.bucket()) && from.key().equals(input.key());
        if (itself && !replaces && from.versionId().isEmpty()) {
            throw S3Faults.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        Contents.Written written = contents.write(
                exchange,
                contents.read(exchange, source.content(), 0, source.content().size()),
                digests(input, source.content()));
        exchange.detail(Details.BYTES, Long.toString(written.size()));
        Content content = new Content(List.of(written.segment(1)), written.md5(), written.checksums(), "FULL_OBJECT");
        var description = replaces ? PutObject.description(limits, input) : source.description();
        Map<String, String> tags = retags ? PutObject.tags(input.tagging()) : source.tags();
        StoredObject object = exchange.transact(work -> {
            S3Bucket bucket = Buckets.of(work, input);
            Preconditions.write(Objects.current(work, bucket, input.key()), input.ifMatch(), input.ifNoneMatch());
            contents.settle(work, written);
            StoredObject put = objects.put(call, work, bucket, input.key(), content, description, tags);
            notifications.created(call, work, bucket, put, "ObjectCreated:Copy");
            return put;
        });
        Map<String, Object> result = new HashMap<>(content.checksums());
        result.put("ETag", content.quotedETag());
        result.put("LastModified", object.modifiedAt());
        result.put("ChecksumType", content.checksumType());
        return CopyObjectOutput.builder()
                .copyObjectResult(Members.with(
                        CopyObjectResult.class, CopyObjectResult.builder().build(), result))
                .copySourceVersionId(PutObject.shownVersion(source))
                .versionId(PutObject.shownVersion(object))
                .serverSideEncryption("AES256")
                .build();
    }

    private static Set<Digest> digests(CopyObjectRequest input, Content source) {
        if (input.checksumAlgorithm().isPresent() || source.checksums().isEmpty()) {
            return PutObject.wanted(input);
        }
        return Set.of(Digest.named(ListObjects.algorithms(source).getFirst()).orElseThrow());
    }

    private static boolean directive(String name, String value) {
        return switch (value) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default -> throw S3Faults.invalidArgument("Unknown " + name + " directive.");
        };
    }
}
