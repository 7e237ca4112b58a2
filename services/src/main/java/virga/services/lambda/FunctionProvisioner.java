package virga.services.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.kernel.Bytes;
import virga.model.lambda.DeadLetterConfig;
import virga.model.lambda.DeleteFunctionConcurrencyRequest;
import virga.model.lambda.DeleteFunctionRequest;
import virga.model.lambda.Environment;
import virga.model.lambda.EphemeralStorage;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListTagsRequest;
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
    /** What an update goes back to where the template says nothing. */
    private static final UpdateFunctionConfigurationRequest OTHERWISE = UpdateFunctionConfigurationRequest.builder()
            .description("")
            .timeout(3)
            .memorySize(128)
            .ephemeralStorage(EphemeralStorage.builder().size(512).build())
            .environment(Environment.builder().variables(Map.of()).build())
            .layers(List.of())
            .tracingConfig(TracingConfig.builder().mode("PassThrough").build())
            .deadLetterConfig(DeadLetterConfig.builder().build())
            .build();

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
        String name = request.name("FunctionName", LONGEST_NAME);
        Integer reserved = reserved(request);
        FunctionConfiguration created;
        try {
            created = request.call(
                    Lambda.CREATE_FUNCTION,
                    properties.as(Lambda.CREATE_FUNCTION).toBuilder()
                            .functionName(name)
                            .code(code(properties))
                            .tags(request.allTags())
                            .build());
        } catch (ResourceConflictException exists) {
            if (request.isNamed("FunctionName")) {
                throw exists;
            }
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
                properties.as(Lambda.UPDATE_FUNCTION_CONFIGURATION, OTHERWISE).toBuilder()
                        .functionName(name)
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
                request.allTags(),
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
        return code.has("ZipFile")
                ? FunctionCode.builder()
                        .zipFile(inline(properties, code.requiredText("ZipFile")))
                        .build()
                : properties.shape("Code", FunctionCode.class, FunctionCode.SCHEMA);
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
}
