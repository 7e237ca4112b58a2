package virga.services.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
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
        Properties properties = request.properties();
        String given = request.properties().text("FunctionName", "");
        String name = given.isEmpty() ? request.generatedName(LONGEST_NAME) : given;
        Integer reserved = reserved(request);
        FunctionConfiguration created;
        try {
            created = request.call(
                    Lambda.CREATE_FUNCTION,
                    CreateFunctionRequest.builder()
                            .functionName(name)
                            .packageType(properties.text("PackageType", null))
                            .code(code(properties))
                            .role(properties.requiredText("Role"))
                            .runtime(properties.text("Runtime", null))
                            .handler(properties.text("Handler", null))
                            .architectures(properties.texts("Architectures"))
                            .description(properties.text("Description", null))
                            .timeout(properties.integer("Timeout", null))
                            .memorySize(properties.integer("MemorySize", null))
                            .ephemeralStorage(storage(properties))
                            .environment(properties.shape("Environment", FunctionProvisioner::environment))
                            .layers(properties.texts("Layers"))
                            .tracingConfig(tracing(properties))
                            .deadLetterConfig(deadLetters(properties))
                            .loggingConfig(properties.shape("LoggingConfig", FunctionProvisioner::logging))
                            .tags(tags(request))
                            .build());
        } catch (ResourceConflictException exists) {
            if (!given.isEmpty()) {
                throw exists;
            }
            // The name follows from the step's token: an earlier run of this very step made it.
            return provisioned(name, request);
        }
        reserve(request, name, reserved);
        return new Provisioned(name, Map.of("Arn", created.functionArn().orElseThrow()));
    }

    private static Provisioned provisioned(String name, Provisioning request) {
        FunctionReference reference = FunctionReference.parse(request.call(), name);
        return new Provisioned(name, Map.of("Arn", reference.arn()));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Properties properties = request.properties();
        String name = current.physicalId();
        boolean otherCode = properties.differs(previous, "Code") || properties.differs(previous, "Architectures");
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
                            .architectures(properties.texts("Architectures"))
                            .build());
        }
        request.call(
                Lambda.UPDATE_FUNCTION_CONFIGURATION,
                UpdateFunctionConfigurationRequest.builder()
                        .functionName(name)
                        .role(properties.requiredText("Role"))
                        .runtime(properties.text("Runtime", null))
                        .handler(properties.text("Handler", null))
                        .description(request.properties().text("Description", ""))
                        .timeout(Optional.ofNullable(properties.integer("Timeout", null))
                                .orElse(3))
                        .memorySize(Optional.ofNullable(properties.integer("MemorySize", null))
                                .orElse(128))
                        .ephemeralStorage(Optional.ofNullable(storage(properties))
                                .orElse(EphemeralStorage.builder().size(512).build()))
                        .environment(
                                Optional.ofNullable(properties.shape("Environment", FunctionProvisioner::environment))
                                        .orElse(Environment.builder()
                                                .variables(Map.of())
                                                .build()))
                        .layers(properties.texts("Layers"))
                        .tracingConfig(Optional.ofNullable(tracing(properties))
                                .orElse(TracingConfig.builder()
                                        .mode("PassThrough")
                                        .build()))
                        .deadLetterConfig(Optional.ofNullable(deadLetters(properties))
                                .orElse(DeadLetterConfig.builder().build()))
                        .loggingConfig(properties.shape("LoggingConfig", FunctionProvisioner::logging))
                        .build());
        reserve(request, name, reserved(request));
        retag(request, current.attributes().get("Arn"));
        return current;
    }

    private static Integer reserved(Provisioning request) {
        return request.properties().integer("ReservedConcurrentExecutions", null);
    }

    private static void reserve(Provisioning request, String name, Integer reserved) {
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
        Retagging.change(
                request.call(
                                Lambda.LIST_TAGS,
                                ListTagsRequest.builder().resource(arn).build())
                        .tags()
                        .keySet(),
                tags(request),
                gone -> request.call(
                        Lambda.UNTAG_RESOURCE,
                        UntagResourceRequest.builder()
                                .resource(arn)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        Lambda.TAG_RESOURCE,
                        TagResourceRequest.builder().resource(arn).tags(wanted).build()));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.DELETE_FUNCTION,
                DeleteFunctionRequest.builder()
                        .functionName(current.physicalId())
                        .build());
    }

    private static FunctionCode code(Properties properties) {
        Properties code = properties.object("Code");
        if (code.has("ZipFile")) {
            return FunctionCode.builder()
                    .zipFile(inline(properties, code.requiredText("ZipFile")))
                    .build();
        }
        return FunctionCode.builder()
                .s3Bucket(code.text("S3Bucket", null))
                .s3Key(code.text("S3Key", null))
                .s3ObjectVersion(code.text("S3ObjectVersion", null))
                .build();
    }

    /** CloudFormation zips inline code as {@code index} with the runtime's ending. */
    private static Bytes inline(Properties properties, String source) {
        String ending = properties.text("Runtime", "").startsWith("python") ? ".py" : ".js";
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

    private static EphemeralStorage storage(Properties properties) {
        Integer size = properties.object("EphemeralStorage").integer("Size", null);
        return size == null ? null : EphemeralStorage.builder().size(size).build();
    }

    private static Environment environment(Properties environment) {
        return Environment.builder().variables(environment.map("Variables")).build();
    }

    private static TracingConfig tracing(Properties properties) {
        String mode = properties.object("TracingConfig").text("Mode", null);
        return mode == null ? null : TracingConfig.builder().mode(mode).build();
    }

    private static DeadLetterConfig deadLetters(Properties properties) {
        String arn = properties.object("DeadLetterConfig").text("TargetArn", null);
        return arn == null ? null : DeadLetterConfig.builder().targetArn(arn).build();
    }

    private static LoggingConfig logging(Properties logging) {
        return LoggingConfig.builder()
                .logFormat(logging.text("LogFormat", null))
                .logGroup(logging.text("LogGroup", null))
                .applicationLogLevel(logging.text("ApplicationLogLevel", null))
                .systemLogLevel(logging.text("SystemLogLevel", null))
                .build();
    }

    private static Map<String, String> tags(Provisioning request) {
        return request.tagsWith(request.properties().tags());
    }
}
