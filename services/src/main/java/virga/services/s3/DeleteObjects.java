package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.s3.DeleteObjectOutput;
import virga.model.s3.DeleteObjectRequest;
import virga.model.s3.DeleteObjectsOutput;
import virga.model.s3.DeleteObjectsRequest;
import virga.model.s3.DeletedObject;
import virga.model.s3.ObjectIdentifier;
import virga.model.s3.S3Error;

/** Deletes objects and versions. Source: DeleteObject and DeleteObjects, Amazon S3 API Reference. */
final class DeleteObjects {
    private static final int MOST_OBJECTS = 1000;

    private final Objects objects;
    private final Notifications notifications;

    DeleteObjects(Objects objects, Notifications notifications) {
        this.objects = objects;
        this.notifications = notifications;
    }

    DeleteObjectOutput one(Call call, DeleteObjectRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        if (input.mfa().isPresent()
                || input.ifMatchLastModifiedTime().isPresent()
                || input.ifMatchSize().isPresent()) {
            throw Fault.unsupported("s3:DeleteObject/" + (input.mfa().isPresent() ? "MFA" : "IfMatchLastModifiedTime"));
        }
        if (input.ifMatch().isPresent()) {
            Preconditions.write(
                    Objects.current(work, bucket, input.key()), input.ifMatch(), java.util.Optional.empty());
        }
        Objects.Removal removal = objects.remove(call, work, bucket, input.key(), input.versionId());
        notifications.removed(
                call, work, bucket, input.key(), removal, input.versionId().isPresent());
        return DeleteObjectOutput.builder()
                .deleteMarker(removal.marker() ? true : null)
                .versionId(Unset.ifEmpty(removal.versionId()))
                .build();
    }

    DeleteObjectsOutput many(Call call, DeleteObjectsRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        List<ObjectIdentifier> asked = input.delete().objects();
        if (asked.isEmpty() || asked.size() > MOST_OBJECTS) {
            throw S3Faults.malformedXml();
        }
        if (input.mfa().isPresent()) {
            throw Fault.unsupported("s3:DeleteObjects/MFA");
        }
        work.detail(Details.ENTRIES, Integer.toString(asked.size()));
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3Error> errors = new ArrayList<>();
        for (ObjectIdentifier object : asked) {
            try {
                deleted.add(delete(call, work, bucket, object));
            } catch (Fault fault) {
                errors.add(S3Error.builder()
                        .key(object.key())
                        .versionId(object.versionId().orElse(null))
                        .code(fault.code())
                        .message(fault.getMessage())
                        .build());
            }
        }
        boolean quiet = input.delete().quiet().orElse(false);
        return DeleteObjectsOutput.builder()
                .deleted(quiet ? List.of() : deleted)
                .errors(errors)
                .build();
    }

    private DeletedObject delete(Call call, UnitOfWork work, S3Bucket bucket, ObjectIdentifier object) {
        if (object.lastModifiedTime().isPresent() || object.size().isPresent()) {
            throw Fault.unsupported("s3:DeleteObjects/Delete/Objects/LastModifiedTime");
        }
        if (object.eTag().isPresent()) {
            Preconditions.write(Objects.current(work, bucket, object.key()), object.eTag(), java.util.Optional.empty());
        }
        Objects.Removal removal = objects.remove(call, work, bucket, object.key(), object.versionId());
        notifications.removed(
                call, work, bucket, object.key(), removal, object.versionId().isPresent());
        return DeletedObject.builder()
                .key(object.key())
                .versionId(object.versionId().orElse(null))
                .deleteMarker(removal.marker() ? true : null)
                .deleteMarkerVersionId(removal.marker() ? removal.versionId() : null)
                .build();
    }
}
