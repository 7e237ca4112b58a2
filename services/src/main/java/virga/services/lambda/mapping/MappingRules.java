package virga.services.lambda.mapping;

import java.util.List;
import java.util.Optional;
import virga.kernel.Arn;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.Filter;
import virga.model.lambda.FilterCriteria;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.lambda.UpdateEventSourceMappingRequest;

/** Checks what a mapping is asked to be. Source: CreateEventSourceMapping, AWS Lambda API Reference. */
final class MappingRules {
    private static final int MOST_WITHOUT_WINDOW = 10;
    private static final List<String> UNSUPPORTED = List.of(
            "TumblingWindowInSeconds",
            "Topics",
            "Queues",
            "SourceAccessConfigurations",
            "SelfManagedEventSource",
            "AmazonManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            "DocumentDBEventSourceConfig",
            "KMSKeyArn",
            "MetricsConfig",
            "LoggingConfig",
            "ProvisionedPollerConfig",
            "StartingPositionTimestamp");

    private MappingRules() {}

    static void refuseUnsupported(Structure input) {
        for (String name : UNSUPPORTED) {
            if (input.schema().member(name).isPresent() && input.get(name).isPresent()) {
                Object value = input.get(name).get();
                if (!(value instanceof List<?> list && list.isEmpty()) && !value.equals(0)) {
                    throw Fault.unsupported("AWS::Lambda::EventSourceMapping/" + name);
                }
            }
        }
    }

    static Mapping.Source source(CreateEventSourceMappingRequest input) {
        String arn = input.eventSourceArn()
                .orElseThrow(() -> new InvalidParameterValueException("Event source arn cannot be null."));
        String service = Arn.parse(arn).service();
        return switch (service) {
            case "sqs" -> new Mapping.Source(arn, "");
            case "dynamodb" ->
                new Mapping.Source(
                        arn,
                        input.startingPosition()
                                .orElseThrow(
                                        () -> new InvalidParameterValueException(
                                                "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.")));
            default -> throw Fault.unsupported("AWS::Lambda::EventSourceMapping/EventSourceArn/" + service);
        };
    }

    static Mapping.Batching batching(CreateEventSourceMappingRequest input, boolean queue) {
        return checked(
                new Mapping.Batching(
                        input.batchSize().orElse(queue ? 10 : 100),
                        input.maximumBatchingWindowInSeconds().orElse(0),
                        input.parallelizationFactor().orElse(1),
                        input.scalingConfig()
                                .flatMap(scaling -> scaling.maximumConcurrency())
                                .orElse(0),
                        input.functionResponseTypes().contains("ReportBatchItemFailures")),
                queue);
    }

    static Mapping.Batching changed(Mapping.Batching before, UpdateEventSourceMappingRequest input, boolean queue) {
        return checked(
                new Mapping.Batching(
                        input.batchSize().orElse(before.size()),
                        input.maximumBatchingWindowInSeconds().orElse(before.windowSeconds()),
                        input.parallelizationFactor().orElse(before.parallel()),
                        input.scalingConfig().isPresent()
                                ? input.scalingConfig()
                                        .flatMap(scaling -> scaling.maximumConcurrency())
                                        .orElse(0)
                                : before.maximumConcurrency(),
                        input.hasFunctionResponseTypes()
                                ? input.functionResponseTypes().contains("ReportBatchItemFailures")
                                : before.partialFailures()),
                queue);
    }

    private static Mapping.Batching checked(Mapping.Batching batching, boolean queue) {
        if (queue && batching.size() > MOST_WITHOUT_WINDOW && batching.windowSeconds() == 0) {
            throw new InvalidParameterValueException(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
        if (batching.maximumConcurrency() != 0
                && (batching.maximumConcurrency() < 2 || batching.maximumConcurrency() > 1000)) {
            throw new InvalidParameterValueException("MaximumConcurrency must be between 2 and 1000");
        }
        return batching;
    }

    static List<String> filters(Optional<FilterCriteria> criteria) {
        List<String> patterns = criteria.map(FilterCriteria::filters).orElse(List.of()).stream()
                .map(Filter::pattern)
                .flatMap(Optional::stream)
                .toList();
        patterns.forEach(Filters::check);
        return patterns;
    }
}
