package virga.services.lambda;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import virga.model.Unset;
import virga.model.lambda.AliasConfiguration;
import virga.model.lambda.AliasRoutingConfiguration;
import virga.model.lambda.DeadLetterConfig;
import virga.model.lambda.EnvironmentResponse;
import virga.model.lambda.EphemeralStorage;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.LoggingConfig;
import virga.model.lambda.SnapStartResponse;
import virga.model.lambda.TracingConfigResponse;

/** Shows functions and aliases as the API does. */
final class Descriptions {
    /** Lambda's own form: milliseconds, and an offset without a colon. */
    private static final DateTimeFormatter MODIFIED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    private Descriptions() {}

    static String time(Instant time) {
        return MODIFIED.format(time);
    }

    /** @param qualified whether the ARN shows the version, as for published ones and in answers that name one */
    static FunctionConfiguration of(LambdaFunction function, boolean qualified) {
        Configuration configuration = function.configuration();
        Configuration.Running running = configuration.running();
        Configuration.Logging logging = configuration.logging();
        FunctionConfiguration.Builder builder = FunctionConfiguration.builder()
                .functionName(function.name())
                .functionArn(qualified ? function.qualifiedArn() : function.arn())
                .runtime(running.runtime())
                .role(configuration.roleArn())
                .handler(running.handler())
                .codeSize(function.code().size())
                .codeSha256(function.code().sha256())
                .description(configuration.description())
                .timeout(running.timeoutSeconds())
                .memorySize(running.memoryMegabytes())
                .lastModified(time(function.modifiedAt()))
                .version(function.version())
                .revisionId(function.revision())
                .state("Active")
                .lastUpdateStatus("Successful")
                .packageType("Zip")
                .architectures(List.of(running.architecture()))
                .ephemeralStorage(EphemeralStorage.builder()
                        .size(running.temporaryMegabytes())
                        .build())
                .snapStart(SnapStartResponse.builder()
                        .applyOn("None")
                        .optimizationStatus("Off")
                        .build())
                .tracingConfig(TracingConfigResponse.builder()
                        .mode(configuration.activeTracing() ? "Active" : "PassThrough")
                        .build())
                .loggingConfig(LoggingConfig.builder()
                        .logFormat(logging.format())
                        .applicationLogLevel(Unset.ifEmpty(logging.applicationLevel()))
                        .systemLogLevel(Unset.ifEmpty(logging.systemLevel()))
                        .logGroup(logging.group())
                        .build());
        if (!configuration.environment().isEmpty()) {
            builder.environment(EnvironmentResponse.builder()
                    .variables(configuration.environment())
                    .build());
        }
        if (!configuration.deadLetterArn().isEmpty()) {
            builder.deadLetterConfig(DeadLetterConfig.builder()
                    .targetArn(configuration.deadLetterArn())
                    .build());
        }
        if (!configuration.layers().isEmpty()) {
            builder.layers(configuration.layers().stream()
                    .map(arn -> virga.model.lambda.Layer.builder().arn(arn).build())
                    .toList());
        }
        return builder.build();
    }

    static AliasConfiguration of(LambdaFunction function, Alias alias) {
        Map<String, Double> weights = alias.weights();
        return AliasConfiguration.builder()
                .aliasArn(function.arn() + ":" + alias.name())
                .name(alias.name())
                .functionVersion(alias.version())
                .description(alias.description())
                .routingConfig(
                        weights.isEmpty()
                                ? null
                                : AliasRoutingConfiguration.builder()
                                        .additionalVersionWeights(weights)
                                        .build())
                .revisionId(alias.revision())
                .build();
    }
}
