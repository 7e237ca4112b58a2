package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.s3.Bucket;
import virga.model.s3.BucketAlreadyExists;
import virga.model.s3.BucketAlreadyOwnedByYou;
import virga.model.s3.CreateBucketConfiguration;
import virga.model.s3.CreateBucketOutput;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.DeleteBucketRequest;
import virga.model.s3.DeleteBucketResponse;
import virga.model.s3.GetBucketLocationOutput;
import virga.model.s3.GetBucketLocationRequest;
import virga.model.s3.HeadBucketOutput;
import virga.model.s3.HeadBucketRequest;
import virga.model.s3.ListBucketsOutput;
import virga.model.s3.ListBucketsRequest;
import virga.model.s3.Tagging;
import virga.store.Reading;

/** Finds buckets, makes them and deletes them. Source: CreateBucket and its neighbours, Amazon S3 API Reference. */
final class Buckets {
    private static final String CLASSIC_REGION = "us-east-1";
    private static final int MOST_BUCKETS = 10_000;

    private Buckets() {}

    /** The bucket that a request names; its owner is checked where the request says who it must be. */
    static S3Bucket of(Reading reading, Structure input) {
        S3Bucket bucket =
                named(reading, Members.text(input, "Bucket").orElseThrow()).orElseThrow(S3Faults::noSuchBucket);
        Members.text(input, "ExpectedBucketOwner").ifPresent(owner -> {
            if (!owner.equals(bucket.account())) {
                throw new Fault("AccessDenied", 403, "Access Denied");
            }
        });
        return bucket;
    }

    static Optional<S3Bucket> named(Reading reading, String name) {
        return reading.get(S3Keys.BUCKET.key(name), S3Keys.BUCKET_ROW);
    }

    static void keep(UnitOfWork work, S3Bucket bucket) {
        work.put(S3Keys.BUCKET.key(bucket.name()), bucket, S3Keys.BUCKET_ROW);
    }

    static CreateBucketOutput create(Call call, CreateBucketRequest input, UnitOfWork work) {
        String name = input.bucket();
        BucketName.check(name);
        Refusals.ofBucket(input);
        String region = region(call, input.createBucketConfiguration());
        CreateBucketOutput output = CreateBucketOutput.builder()
                .location("/" + name)
                .bucketArn("arn:aws:s3:::" + name)
                .build();
        Optional<S3Bucket> existing = named(work, name);
        if (existing.isPresent()) {
            if (!existing.get().account().equals(call.account())) {
                throw new BucketAlreadyExists(
                        "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                                + " system. Please select a different name and try again.");
            } else if (region.equals(CLASSIC_REGION) && existing.get().region().equals(CLASSIC_REGION)) {
                return output;
            }
            throw new BucketAlreadyOwnedByYou(
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        keep(work, new S3Bucket(name, call.account(), region, work.now(), S3Bucket.Versioning.NONE));
        List<virga.model.s3.Tag> tags = input.createBucketConfiguration()
                .map(CreateBucketConfiguration::tags)
                .orElse(List.of());
        if (!tags.isEmpty()) {
            BucketSetting.TAGGING.put(work, name, Tagging.builder().tagSet(tags).build());
        }
        input.objectOwnership()
                .ifPresent(ownership -> BucketSetting.OWNERSHIP.put(work, name, BucketSetting.owned(ownership)));
        return output;
    }

    /** us-east-1 alone takes any constraint and none; elsewhere the constraint is the region itself. */
    private static String region(Call call, Optional<CreateBucketConfiguration> configuration) {
        String asked = configuration
                .flatMap(CreateBucketConfiguration::locationConstraint)
                .orElse("");
        String region = asked.equals("EU") ? "eu-west-1" : asked;
        if (call.region().equals(CLASSIC_REGION)) {
            if (region.equals(CLASSIC_REGION)) {
                throw new Fault("InvalidLocationConstraint", 400, "The specified location-constraint is not valid");
            }
            return region.isEmpty() ? CLASSIC_REGION : region;
        } else if (!region.equals(call.region())) {
            throw new Fault(
                    "IllegalLocationConstraintException",
                    400,
                    "The " + (asked.isEmpty() ? "unspecified" : asked)
                            + " location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        return region;
    }

    static HeadBucketOutput head(Call call, HeadBucketRequest input, UnitOfWork work) {
        S3Bucket bucket = of(work, input);
        return HeadBucketOutput.builder()
                .bucketRegion(bucket.region())
                .bucketArn(bucket.arn())
                .accessPointAlias(false)
                .build();
    }

    static GetBucketLocationOutput location(Call call, GetBucketLocationRequest input, UnitOfWork work) {
        S3Bucket bucket = of(work, input);
        return GetBucketLocationOutput.builder()
                .locationConstraint(bucket.region().equals(CLASSIC_REGION) ? null : bucket.region())
                .build();
    }

    static ListBucketsOutput list(Call call, ListBucketsRequest input, UnitOfWork work) {
        int most = input.maxBuckets().orElse(MOST_BUCKETS);
        String prefix = input.prefix().orElse("");
        String after = input.continuationToken().map(ListObjects::fromToken).orElse("");
        List<Bucket> found = new ArrayList<>();
        boolean more = false;
        try (Stream<Reading.Entry> rows = work.scan(S3Keys.BUCKET.range())) {
            for (Reading.Entry row : (Iterable<Reading.Entry>) rows::iterator) {
                S3Bucket bucket = S3Keys.BUCKET_ROW.decode(row.value());
                boolean asked = bucket.account().equals(call.account())
                        && bucket.name().startsWith(prefix)
                        && bucket.name().compareTo(after) > 0
                        && input.bucketRegion().map(bucket.region()::equals).orElse(true);
                if (asked && found.size() == most) {
                    more = true;
                    break;
                } else if (asked) {
                    found.add(Bucket.builder()
                            .name(bucket.name())
                            .creationDate(bucket.createdAt())
                            .bucketRegion(bucket.region())
                            .bucketArn(bucket.arn())
                            .build());
                }
            }
        }
        return ListBucketsOutput.builder()
                .buckets(found)
                .owner(Owners.of(call.account()))
                .prefix(input.prefix().orElse(null))
                .continuationToken(
                        more ? ListObjects.token(found.getLast().name().orElseThrow()) : null)
                .build();
    }

    /** Deletes an empty bucket; what was uploaded in parts and not completed goes with it. */
    static DeleteBucketResponse delete(Contents contents, DeleteBucketRequest input, UnitOfWork work) {
        S3Bucket bucket = of(work, input);
        if (work.first(S3Keys.VERSION.range(bucket.name()), Reading.Direction.FORWARD)
                .isPresent()) {
            String hint = bucket.versioning() == S3Bucket.Versioning.NONE
                    ? ""
                    : " You must delete all versions in the bucket.";
            throw new Fault("BucketNotEmpty", 409, "The bucket you tried to delete is not empty." + hint);
        }
        MultipartUploads.abortAll(contents, work, bucket.name());
        work.delete(S3Keys.SETTING.range(bucket.name()));
        work.delete(S3Keys.BUCKET.key(bucket.name()));
        return DeleteBucketResponse.builder().build();
    }

    static Map<String, String> tags(List<virga.model.s3.Tag> tags) {
        Map<String, String> sorted = new TreeMap<>();
        tags.forEach(tag -> sorted.put(tag.key(), tag.value()));
        return sorted;
    }
}
