package virga.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.s3.BucketAlreadyOwnedByYou;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.S3;

/**
 * Uploads the files and folders that a template points to, and points the template to where they are then. The same content gives the
 * same key, so what did not change is not uploaded twice. Source: "sam package", AWS SAM Developer Guide.
 */
final class Packing {
    /** Properties that hold a local path, by resource type; the value is the form of the location that replaces it. */
    private static final Map<String, Map<String, Form>> PATHS = Map.of(
            "AWS::Serverless::Function", Map.of("CodeUri", Form.URI),
            "AWS::Serverless::LayerVersion", Map.of("ContentUri", Form.URI),
            "AWS::Lambda::Function", Map.of("Code", Form.BUCKET_AND_KEY),
            "AWS::Lambda::LayerVersion", Map.of("Content", Form.BUCKET_AND_KEY));
    /** Properties that hold paths too, and are not packed yet. */
    private static final Map<String, List<String>> UNSUPPORTED = Map.of(
            "AWS::Serverless::Api", List.of("DefinitionUri"),
            "AWS::Serverless::HttpApi", List.of("DefinitionUri"),
            "AWS::Serverless::StateMachine", List.of("DefinitionUri"),
            "AWS::Serverless::Application", List.of("Location"));

    /** Properties that say where code is, or hold it. */
    private static final List<String> PLACES_OF_CODE =
            List.of("CodeUri", "ContentUri", "Code", "Content", "InlineCode", "ImageUri");

    private enum Form {
        URI,
        BUCKET_AND_KEY
    }

    private final Calls calls;
    private final Path folder;
    private final Consumer<String> progress;
    private final String bucket;
    private final Map<Path, String> uploaded = new LinkedHashMap<>();

    /** @param folder what relative paths start from: the template's own folder */
    Packing(Calls calls, Path folder, Consumer<String> progress) {
        this.calls = calls;
        this.folder = folder;
        this.progress = progress;
        this.bucket = "virga-deployments-" + calls.accountId() + "-" + calls.region();
    }

    /** Changes {@code template} in place. @throws Fault {@code ValidationError} where a path leads nowhere */
    void pack(ObjectNode template) {
        pack("Globals/Function", template.path("Globals").path("Function"), Map.of("CodeUri", Form.URI));
        template.path("Resources").properties().forEach(resource -> {
            String type = resource.getValue().path("Type").asText();
            nameOwnFolder(template, type, resource.getValue());
            JsonNode properties = resource.getValue().path("Properties");
            pack(resource.getKey(), properties, PATHS.getOrDefault(type, Map.of()));
            for (String name : UNSUPPORTED.getOrDefault(type, List.of())) {
                if (isLocal(properties.path(name))) {
                    throw Fault.unsupported("deploying " + type + "/" + name + " from a local path");
                }
            }
        });
    }

    /** Code that a template does not say the place of lies beside it. Source: "aws cloudformation package", AWS CLI Command Reference. */
    private static void nameOwnFolder(ObjectNode template, String type, JsonNode resource) {
        if (!PATHS.containsKey(type) || !(resource instanceof ObjectNode declaration)) {
            return;
        }
        String property = PATHS.get(type).keySet().iterator().next();
        JsonNode shared =
                template.path("Globals").path(type.equals("AWS::Serverless::Function") ? "Function" : "LayerVersion");
        JsonNode own = declaration.path("Properties");
        boolean elsewhere = PLACES_OF_CODE.stream()
                .anyMatch(place ->
                        own.hasNonNull(place) || type.startsWith("AWS::Serverless::") && shared.hasNonNull(place));
        boolean image = own.path("PackageType")
                .asText(shared.path("PackageType").asText())
                .equals("Image");
        if (!elsewhere && !image && (own.isObject() || own.isMissingNode())) {
            declaration.withObjectProperty("Properties").put(property, ".");
        }
    }

    /** Uploads text that is too long to travel with the request. Answers its URL. */
    String upload(String name, String text) {
        Bytes content = Bytes.ofUtf8(text);
        String key = name + "-" + digest(content).substring(0, 16);
        put(key, content);
        return "https://" + bucket + ".s3." + calls.region() + ".amazonaws.com/" + key;
    }

    private void pack(String where, JsonNode properties, Map<String, Form> paths) {
        paths.forEach((name, form) -> {
            if (properties instanceof ObjectNode object && isLocal(object.path(name))) {
                String key = upload(where, name, object.get(name).asText());
                if (form == Form.URI) {
                    object.put(name, "s3://" + bucket + "/" + key);
                } else {
                    object.putObject(name).put("S3Bucket", bucket).put("S3Key", key);
                }
            }
        });
    }

    private static boolean isLocal(JsonNode value) {
        return value.isTextual()
                && !value.asText().startsWith("s3://")
                && !value.asText().startsWith("https://");
    }

    private String upload(String where, String name, String local) {
        Path path = folder.resolve(local).normalize();
        return uploaded.computeIfAbsent(path, unused -> {
            if (!Files.exists(path)) {
                throw new Fault(
                        "ValidationError",
                        400,
                        where + "/" + name + " points to " + path + ", which is not there. Build it first.");
            }
            Bytes archive = archive(path);
            String key = digest(archive);
            progress.accept("packed " + where + " (" + local + ", " + size(archive.length()) + ")");
            put(key, archive);
            return key;
        });
    }

    private void put(String key, Bytes content) {
        try {
            calls.call(
                    S3.CREATE_BUCKET,
                    CreateBucketRequest.builder().bucket(bucket).build());
        } catch (BucketAlreadyOwnedByYou madeBefore) {
            // It is there since an earlier deployment.
        }
        calls.putObject(bucket, key, content);
    }

    private static String size(int bytes) {
        return bytes < 1024 * 1024 ? (bytes + 1023) / 1024 + " KB" : "%.1f MB".formatted(bytes / 1048576.0);
    }

    private static Bytes archive(Path path) {
        try {
            String name = path.getFileName().toString();
            if (Files.isRegularFile(path) && (name.endsWith(".zip") || name.endsWith(".jar"))) {
                return Bytes.wrap(Files.readAllBytes(path));
            }
            return Archive.of(path);
        } catch (IOException e) {
            throw new Fault("ValidationError", 400, "Cannot read " + path + ": " + e.getMessage());
        }
    }

    private static String digest(Bytes content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content.unsafeArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java platform has MD5", e);
        }
    }
}
