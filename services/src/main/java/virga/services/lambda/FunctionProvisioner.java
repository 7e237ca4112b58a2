package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Bytes;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.DeadLetterConfig;
import virga.model.lambda.DeleteFunctionConcurrencyRequest;
import virga.model.lambda.DeleteFunctionRequest;
import virga.model.lambda.Environment;
import virga.model.lambda.EphemeralStorage;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListTagsRequest;
import virga.model.lambda.LoggingConfig;
import virga.model.lambda.PutFunctionConcurrencyRequest;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.TagResourceRequest;
import virga.model.lambda.TracingConfig;
import virga.model.lambda.UntagResourceRequest;
import virga.model.lambda.UpdateFunctionCodeRequest;
import virga.model.lambda.UpdateFunctionConfigurationRequest;

/** {@code AWS::Lambda::Function}. Source: its page in the CloudFormation Template Reference. */
final class FunctionProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 64;

    @Override
    public String type() {
        return "AWS::Lambda::Function";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("FunctionName", "PackageType")
                .inPlace(
                        "Architectures/[]",
                        "Code/S3Bucket",
                        "Code/S3Key",
                        "Code/S3ObjectVersion",
                        "Code/ZipFile",
                        "DeadLetterConfig/TargetArn",
                        "Description",
                        "Environment/Variables/**",
                        "EphemeralStorage/Size",
                        "Handler",
                        "Layers/[]",
                        "LoggingConfig/ApplicationLogLevel",
                        "LoggingConfig/LogFormat",
                        "LoggingConfig/LogGroup",
                        "LoggingConfig/SystemLogLevel",
                        "MemorySize",
                        "ReservedConcurrentExecutions",
                        "Role",
                        "Runtime",
                        "Tags/[]/Key",
                        "Tags/[]/Value",
                        "Timeout",
                        "TracingConfig/Mode")
                .requiring("Code", "Role")
                .unsupported(
                        "CapacityProviderConfig",
                        "Code/ImageUri",
                        "Code/SourceKMSKeyArn",
                        "CodeSigningConfigArn",
                        "DurableConfig",
                        "FileSystemConfigs",
                        "ImageConfig",
                        "KmsKeyArn",
                        "RecursiveLoop",
                        "RuntimeManagementConfig",
                        "SnapStart",
                        "TenancyConfig",
                        "VpcConfig");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        String given = request.text("FunctionName", "");
        String name = given.isEmpty() ? request.generatedName(LONGEST_NAME) : given;
        FunctionConfiguration created;
        try {
            created = request.call(
                    Lambda.CREATE_FUNCTION,
                    CreateFunctionRequest.builder()
                            .functionName(name)
                            .packageType(text(properties, "PackageType"))
                            .code(code(properties))
                            .role(properties.path("Role").asText())
                            .runtime(text(properties, "Runtime"))
                            .handler(text(properties, "Handler"))
                            .architectures(texts(properties.path("Architectures")))
                            .description(text(properties, "Description"))
                            .timeout(number(properties.path("Timeout")))
                            .memorySize(number(properties.path("MemorySize")))
                            .ephemeralStorage(storage(properties))
                            .environment(environment(properties))
                            .layers(texts(properties.path("Layers")))
                            .tracingConfig(tracing(properties))
                            .deadLetterConfig(deadLetters(properties))
                            .loggingConfig(logging(properties))
                            .tags(tags(request))
                            .build());
        } catch (ResourceConflictException exists) {
            if (!given.isEmpty()) {
                throw exists;
            }
            // The name follows from the step's token: an earlier run of this very step made it.
            return provisioned(name, request);
        }
        reserve(request, name);
        return new Provisioned(name, Map.of("Arn", created.functionArn().orElseThrow()));
    }

    private static Provisioned provisioned(String name, Provisioning request) {
        FunctionReference reference = FunctionReference.parse(request.call(), name);
        return new Provisioned(name, Map.of("Arn", reference.arn()));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        String name = current.physicalId();
        boolean otherCode = !properties.path("Code").equals(previous.path("Code"))
                || !properties.path("Architectures").equals(previous.path("Architectures"));
        if (otherCode) {
            FunctionCode code = code(properties);
            request.call(
                    Lambda.UPDATE_FUNCTION_CODE,
                    UpdateFunctionCodeRequest.builder()
                            .functionName(name)
                            .zipFile(code.zipFile().orElse(null))
                            .s3Bucket(code.s3Bucket().orElse(null))
                            .s3Key(code.s3Key().orElse(null))
                            .s3ObjectVersion(code.s3ObjectVersion().orElse(null))
                            .architectures(texts(properties.path("Architectures")))
                            .build());
        }
        request.call(
                Lambda.UPDATE_FUNCTION_CONFIGURATION,
                UpdateFunctionConfigurationRequest.builder()
                        .functionName(name)
                        .role(properties.path("Role").asText())
                        .runtime(text(properties, "Runtime"))
                        .handler(text(properties, "Handler"))
                        .description(request.text("Description", ""))
                        .timeout(Optional.ofNullable(number(properties.path("Timeout")))
                                .orElse(3))
                        .memorySize(Optional.ofNullable(number(properties.path("MemorySize")))
                                .orElse(128))
                        .ephemeralStorage(Optional.ofNullable(storage(properties))
                                .orElse(EphemeralStorage.builder().size(512).build()))
                        .environment(Optional.ofNullable(environment(properties))
                                .orElse(Environment.builder()
                                        .variables(Map.of())
                                        .build()))
                        .layers(texts(properties.path("Layers")))
                        .tracingConfig(Optional.ofNullable(tracing(properties))
                                .orElse(TracingConfig.builder()
                                        .mode("PassThrough")
                                        .build()))
                        .deadLetterConfig(Optional.ofNullable(deadLetters(properties))
                                .orElse(DeadLetterConfig.builder().build()))
                        .loggingConfig(logging(properties))
                        .build());
        reserve(request, name);
        retag(request, current.attributes().get("Arn"));
        return current;
    }

    private static void reserve(Provisioning request, String name) {
        Integer reserved = number(request.properties().path("ReservedConcurrentExecutions"));
        if (reserved == null) {
            request.call(
                    Lambda.DELETE_FUNCTION_CONCURRENCY,
                    DeleteFunctionConcurrencyRequest.builder()
                            .functionName(name)
                            .build());
        } else {
            request.call(
                    Lambda.PUT_FUNCTION_CONCURRENCY,
                    PutFunctionConcurrencyRequest.builder()
                            .functionName(name)
                            .reservedConcurrentExecutions(reserved)
                            .build());
        }
    }

    private static void retag(Provisioning request, String arn) {
        Map<String, String> wanted = tags(request);
        List<String> gone = new ArrayList<>(request.call(
                        Lambda.LIST_TAGS,
                        ListTagsRequest.builder().resource(arn).build())
                .tags()
                .keySet());
        gone.removeAll(wanted.keySet());
        if (!gone.isEmpty()) {
            request.call(
                    Lambda.UNTAG_RESOURCE,
                    UntagResourceRequest.builder().resource(arn).tagKeys(gone).build());
        }
        if (!wanted.isEmpty()) {
            request.call(
                    Lambda.TAG_RESOURCE,
                    TagResourceRequest.builder().resource(arn).tags(wanted).build());
        }
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.DELETE_FUNCTION,
                    DeleteFunctionRequest.builder()
                            .functionName(current.physicalId())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // Deleted by hand, or by this step before a crash.
        }
    }

    private static FunctionCode code(JsonNode properties) {
        JsonNode code = properties.path("Code");
        if (code.hasNonNull("ZipFile")) {
            return FunctionCode.builder()
                    .zipFile(inline(properties, code.get("ZipFile").asText()))
                    .build();
        }
        return FunctionCode.builder()
                .s3Bucket(text(code, "S3Bucket"))
                .s3Key(text(code, "S3Key"))
                .s3ObjectVersion(text(code, "S3ObjectVersion"))
                .build();
    }

    /** CloudFormation zips inline code as {@code index} with the runtime's ending. */
    private static Bytes inline(JsonNode properties, String source) {
        String ending = properties.path("Runtime").asText("").startsWith("python") ? ".py" : ".js";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("index" + ending);
            entry.setTime(0); // The same source gives the same digest.
            zip.putNextEntry(entry);
            zip.write(source.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static EphemeralStorage storage(JsonNode properties) {
        Integer size = number(properties.path("EphemeralStorage").path("Size"));
        return size == null ? null : EphemeralStorage.builder().size(size).build();
    }

    private static Environment environment(JsonNode properties) {
        JsonNode variables = properties.path("Environment").path("Variables");
        if (variables.isMissingNode()) {
            return null;
        }
        Map<String, String> map = new TreeMap<>();
        variables
                .properties()
                .forEach(variable ->
                        map.put(variable.getKey(), variable.getValue().asText()));
        return Environment.builder().variables(map).build();
    }

    private static TracingConfig tracing(JsonNode properties) {
        String mode = text(properties.path("TracingConfig"), "Mode");
        return mode == null ? null : TracingConfig.builder().mode(mode).build();
    }

    private static DeadLetterConfig deadLetters(JsonNode properties) {
        String arn = text(properties.path("DeadLetterConfig"), "TargetArn");
        return arn == null ? null : DeadLetterConfig.builder().targetArn(arn).build();
    }

    private static LoggingConfig logging(JsonNode properties) {
        JsonNode logging = properties.path("LoggingConfig");
        if (logging.isMissingNode()) {
            return null;
        }
        return LoggingConfig.builder()
                .logFormat(text(logging, "LogFormat"))
                .logGroup(text(logging, "LogGroup"))
                .applicationLogLevel(text(logging, "ApplicationLogLevel"))
                .systemLogLevel(text(logging, "SystemLogLevel"))
                .build();
    }

    private static Map<String, String> tags(Provisioning request) {
        Map<String, String> tags = new TreeMap<>(request.tags());
        for (JsonNode tag : request.properties().path("Tags")) {
            tags.put(tag.path("Key").asText(), tag.path("Value").asText());
        }
        return tags;
    }

    /** The text at {@code name}, or {@code null} for a builder to leave unset. */
    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static Integer number(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : Integer.valueOf(node.asText());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
