package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.Structure;
import virga.model.s3.CompleteMultipartUploadRequest;
import virga.model.s3.CopyObjectRequest;
import virga.model.s3.DeleteObjectRequest;
import virga.model.s3.DeleteObjectsRequest;
import virga.model.s3.GetObjectOutput;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.observe.json.Json;

/** The S3 objects that calls wrote or deleted, in the order of the first time, and what stands there in the end. */
final class TouchedObjects {
    /** Longer ones are compared by their length and ETag. */
    private static final int LONGEST_READ = 64 << 10;

    private final LiveEnvironment fork;
    private final Map<String, Touched> touched = new LinkedHashMap<>();

    private record Touched(Scope scope, String bucket, String key, SortedSet<String> makers) {}

    TouchedObjects(LiveEnvironment fork) {
        this.fork = fork;
    }

    /** Notes what {@code input} touches; false where it is no such call. */
    boolean touch(Scope scope, Structure input, String maker) {
        switch (input) {
            case PutObjectRequest put -> touch(scope, put.bucket(), put.key(), maker);
            case CopyObjectRequest copy -> touch(scope, copy.bucket(), copy.key(), maker);
            case CompleteMultipartUploadRequest upload -> touch(scope, upload.bucket(), upload.key(), maker);
            case DeleteObjectRequest delete -> touch(scope, delete.bucket(), delete.key(), maker);
            case DeleteObjectsRequest delete ->
                delete.delete().objects().forEach(object -> touch(scope, delete.bucket(), object.key(), maker));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void touch(Scope scope, String bucket, String key, String maker) {
        touched.computeIfAbsent(bucket + "/" + key, unused -> new Touched(scope, bucket, key, new TreeSet<>()))
                .makers()
                .add(maker);
    }

    List<Effect> states() {
        List<Effect> states = new ArrayList<>();
        for (Touched object : touched.values()) {
            Map<String, Json> content = new LinkedHashMap<>();
            content.put("key", new Json.Text(object.key()));
            content.put("object", standing(object));
            states.add(new Effect(
                    Effect.Kind.OBJECT, object.bucket(), StructureJson.object(content), "", object.makers()));
        }
        return states;
    }

    private Json standing(Touched object) {
        try {
            GetObjectOutput found = fork.call(
                    EffectReader.reading(fork, object.scope()).counted(),
                    S3.GET_OBJECT,
                    GetObjectRequest.builder()
                            .bucket(object.bucket())
                            .key(object.key())
                            .build());
            long length = found.contentLength().orElse(0L);
            return length <= LONGEST_READ
                    ? StructureJson.text(
                            found.body().map(ByteStream::readAll).orElseThrow().utf8())
                    : new Json.Text(length + " bytes, ETag " + found.eTag().orElse(""));
        } catch (Fault gone) {
            return new Json.Null();
        }
    }
}
