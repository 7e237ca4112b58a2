package virga.services.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.lambda.LoggingConfig;
import virga.model.lambda.UpdateFunctionConfigurationRequest;
import virga.services.lambda.Configuration.Logging;
import virga.services.lambda.Configuration.Running;

/** Turns what a caller asks for into a {@link Configuration}, refusing what AWS refuses and what Virga can not do. */
final class Configuring {
    private static final List<String> RESERVED_VARIABLES = List.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");
    /** Members that would be stored without effect: refused by name. */
    private static final List<String> UNSUPPORTED = List.of(
            "KMSKeyArn",
            "FileSystemConfigs",
            "ImageConfig",
            "CodeSigningConfigArn",
            "CapacityProviderConfig",
            "DurableConfig",
            "TenancyConfig");

    private final LambdaLimits limits;

    Configuring(LambdaLimits limits) {
        this.limits = limits;
    }

    Configuration of(CreateFunctionRequest input) {
        refuseUnsupported(input);
        if (input.packageType().orElse("Zip").equals("Image")) {
            throw Fault.unsupported("AWS::Lambda::Function/PackageType=Image");
        }
        String runtime = input.runtime()
                .orElseThrow(() -> new InvalidParameterValueException(
                        "Runtime is mandatory if the function is not created with an image."));
        String handler = input.handler()
                .orElseThrow(() -> new InvalidParameterValueException(
                        "Handler is mandatory if the function is not created with an image."));
        Running running = new Running(
                runtime,
                handler,
                architecture(input.architectures(), "x86_64"),
                input.timeout().orElse(3),
                input.memorySize().orElse(128),
                input.ephemeralStorage().map(storage -> storage.size()).orElse(512));
        return checked(new Configuration(
                running,
                input.role(),
                input.description().orElse(""),
                input.environment().map(environment -> environment.variables()).orElse(Map.of()),
                input.layers(),
                input.tracingConfig()
                        .flatMap(tracing -> tracing.mode())
                        .orElse("PassThrough")
                        .equals("Active"),
                input.deadLetterConfig().flatMap(letters -> letters.targetArn()).orElse(""),
                logging(input.loggingConfig(), "/aws/lambda/" + input.functionName())));
    }

    Configuration changed(LambdaFunction function, UpdateFunctionConfigurationRequest input) {
        refuseUnsupported(input);
        Configuration before = function.configuration();
        Running running = new Running(
                input.runtime().orElse(before.running().runtime()),
                input.handler().orElse(before.running().handler()),
                before.running().architecture(),
                input.timeout().orElse(before.running().timeoutSeconds()),
                input.memorySize().orElse(before.running().memoryMegabytes()),
                input.ephemeralStorage()
                        .map(storage -> storage.size())
                        .orElse(before.running().temporaryMegabytes()));
        return checked(new Configuration(
                running,
                input.role().orElse(before.roleArn()),
                input.description().orElse(before.description()),
                input.environment().map(environment -> environment.variables()).orElse(before.environment()),
                input.hasLayers() ? input.layers() : before.layers(),
                input.tracingConfig()
                        .flatMap(tracing -> tracing.mode())
                        .map("Active"::equals)
                        .orElse(before.activeTracing()),
                input.deadLetterConfig()
                        .map(letters -> letters.targetArn().orElse(""))
                        .orElse(before.deadLetterArn()),
                input.loggingConfig().isPresent()
                        ? logging(input.loggingConfig(), before.logging().group())
                        : before.logging()));
    }

    private static void refuseUnsupported(Structure input) {
        for (String name : UNSUPPORTED) {
            if (input.schema().member(name).isPresent()
                    && input.get(name).filter(Configuring::says).isPresent()) {
                throw Fault.unsupported("AWS::Lambda::Function/" + name);
            }
        }
        input.get("VpcConfig").filter(Configuring::says).ifPresent(vpc -> {
            throw Fault.unsupported("AWS::Lambda::Function/VpcConfig");
        });
        input.get("SnapStart")
                .flatMap(snap -> ((Structure) snap).get("ApplyOn"))
                .filter(on -> !on.equals("None"))
                .ifPresent(on -> {
                    throw Fault.unsupported("AWS::Lambda::Function/SnapStart");
                });
    }

    /** Whether the value says anything: tools send empty lists, texts and structures for what is not there. */
    private static boolean says(Object value) {
        return switch (value) {
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Structure structure ->
                structure.schema().members().stream()
                        .filter(structure::has)
                        .map(structure::valueOf)
                        .anyMatch(member -> !Boolean.FALSE.equals(member) && says(member));
            default -> true;
        };
    }

    static String architecture(List<String> asked, String otherwise) {
        return asked.isEmpty() ? otherwise : asked.getFirst();
    }

    private static Logging logging(Optional<LoggingConfig> asked, String group) {
        if (asked.isEmpty()) {
            return new Logging("Text", "", "", group);
        }
        LoggingConfig config = asked.get();
        String format = config.logFormat().orElse("Text");
        boolean json = format.equals("JSON");
        if (!json
                && (config.applicationLogLevel().isPresent()
                        || config.systemLogLevel().isPresent())) {
            throw new InvalidParameterValueException("Log levels can only be set when LogFormat is JSON.");
        }
        return new Logging(
                format,
                json ? config.applicationLogLevel().orElse("INFO") : "",
                json ? config.systemLogLevel().orElse("INFO") : "",
                config.logGroup().orElse(group));
    }

    private Configuration checked(Configuration configuration) {
        int bytes = 0;
        for (Map.Entry<String, String> variable : configuration.environment().entrySet()) {
            if (RESERVED_VARIABLES.contains(variable.getKey())) {
                throw new InvalidParameterValueException(
                        "Lambda was unable to configure your environment variables because the environment variables you have provided"
                                + " contains reserved keys that are currently not supported for modification. Reserved keys used in this request: "
                                + variable.getKey());
            }
            bytes += variable.getKey().length() + variable.getValue().length();
        }
        if (bytes > limits.environmentBytes()) {
            throw new InvalidParameterValueException(
                    "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the "
                            + limits.environmentBytes() / 1024 + "KB limit.");
        }
        Destinations.check(
                configuration.deadLetterArn(), Set.of("sqs"), "AWS::Lambda::Function/DeadLetterConfig/TargetArn");
        if (configuration.layers().size() > limits.layers()) {
            throw new InvalidParameterValueException("Cannot reference more than " + limits.layers() + " layers.");
        }
        if (!configuration.roleArn().matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
            throw new Fault(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value '" + configuration.roleArn()
                            + "' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                            + " arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
        }
        return configuration;
    }
}
