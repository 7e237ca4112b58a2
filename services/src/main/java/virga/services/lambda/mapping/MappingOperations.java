package virga.services.lambda.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.DeleteEventSourceMappingRequest;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.EventSourceMappingConfiguration;
import virga.model.lambda.Filter;
import virga.model.lambda.FilterCriteria;
import virga.model.lambda.GetEventSourceMappingRequest;
import virga.model.lambda.ListEventSourceMappingsRequest;
import virga.model.lambda.ListEventSourceMappingsResponse;
import virga.model.lambda.OnFailure;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.ScalingConfig;
import virga.model.lambda.UpdateEventSourceMappingRequest;
import virga.services.lambda.Destinations;
import virga.services.lambda.Invoker;
import virga.services.lambda.mapping.Mapping.Retrying;
import virga.store.Key;
import virga.store.Reading.Entry;

/** Creates, changes, shows and deletes event source mappings. Source: AWS Lambda API Reference. */
final class MappingOperations {
    EventSourceMappingConfiguration create(Call call, CreateEventSourceMappingRequest input, Exchange exchange) {
        MappingRules.refuseUnsupported(input);
        Mapping.Source source = MappingRules.source(input);
        Invoker.Named function = exchange.read(reading -> Invoker.named(call, input.functionName(), reading));
        Mapping mapping = new Mapping(
                exchange.ports().ids().uuid(),
                call.scope(),
                function.arn(),
                source,
                MappingRules.batching(input, source.isQueue()),
                retrying(input),
                MappingRules.filters(input.filterCriteria()),
                input.enabled().orElse(true),
                call.at(),
                input.tags());
        Principal role =
                Invoker.executionRole(exchange, call.scope(), function.arn()).orElseThrow();
        SourceAccess.check(call, role, mapping, function.timeoutSeconds(), exchange);
        return exchange.transact(work -> {
            requireNew(work, mapping);
            keep(work, mapping);
            return shown(mapping, "Creating");
        });
    }

    private static Retrying retrying(CreateEventSourceMappingRequest input) {
        return new Retrying(
                input.maximumRetryAttempts().orElse(-1),
                input.maximumRecordAgeInSeconds().orElse(-1),
                input.bisectBatchOnFunctionError().orElse(false),
                onFailure(input.destinationConfig()));
    }

    private static String onFailure(Optional<DestinationConfig> destinations) {
        String destination = destinations
                .flatMap(DestinationConfig::onFailure)
                .flatMap(OnFailure::destination)
                .orElse("");
        Destinations.check(
                destination, Set.of("sqs"), "AWS::Lambda::EventSourceMapping/DestinationConfig/OnFailure/Destination");
        return destination;
    }

    private static void requireNew(UnitOfWork work, Mapping mapping) {
        for (Mapping other :
                all(work, mapping.scope().account(), mapping.scope().region())) {
            if (other.source().arn().equals(mapping.source().arn())
                    && other.functionArn().equals(mapping.functionArn())) {
                throw new ResourceConflictException("An event source mapping with event source arn (\" "
                        + mapping.source().arn() + " \") and function (\" " + mapping.functionArn()
                        + " \") already exists. Please update or delete the existing mapping with UUID " + other.id());
            }
        }
    }

    EventSourceMappingConfiguration update(Call call, UpdateEventSourceMappingRequest input, UnitOfWork work) {
        MappingRules.refuseUnsupported(input);
        Mapping before = find(call, input.uuid(), work);
        Mapping mapping = new Mapping(
                before.id(),
                before.scope(),
                input.functionName()
                        .map(name -> Invoker.named(call, name, work).arn())
                        .orElse(before.functionArn()),
                before.source(),
                MappingRules.changed(before.batching(), input, before.source().isQueue()),
                new Retrying(
                        input.maximumRetryAttempts().orElse(before.retrying().attempts()),
                        input.maximumRecordAgeInSeconds()
                                .orElse(before.retrying().ageSeconds()),
                        input.bisectBatchOnFunctionError()
                                .orElse(before.retrying().bisect()),
                        input.destinationConfig().isPresent()
                                ? onFailure(input.destinationConfig())
                                : before.retrying().onFailure()),
                input.filterCriteria().isPresent() ? MappingRules.filters(input.filterCriteria()) : before.filters(),
                input.enabled().orElse(before.enabled()),
                work.now(),
                before.tags());
        keep(work, mapping);
        return shown(mapping, "Updating");
    }

    static void put(UnitOfWork work, Mapping mapping) {
        work.put(
                key(mapping.scope().account(), mapping.scope().region(), mapping.id()),
                mapping,
                MappingKeys.MAPPING_ROW);
    }

    private static void keep(UnitOfWork work, Mapping mapping) {
        put(work, mapping);
        if (mapping.enabled()) {
            work.startPoller(MappingKeys.POLLER, mapping.id(), mapping.id());
        } else {
            work.stopPoller(MappingKeys.POLLER, mapping.id());
        }
    }

    EventSourceMappingConfiguration get(Call call, GetEventSourceMappingRequest input, UnitOfWork work) {
        Mapping mapping = find(call, input.uuid(), work);
        return shown(mapping, state(mapping));
    }

    private static String state(Mapping mapping) {
        return mapping.enabled() ? "Enabled" : "Disabled";
    }

    ListEventSourceMappingsResponse list(Call call, ListEventSourceMappingsRequest input, UnitOfWork work) {
        List<EventSourceMappingConfiguration> mappings = new ArrayList<>();
        for (Mapping mapping : all(work, call.account(), call.region())) {
            boolean ofSource =
                    input.eventSourceArn().map(mapping.source().arn()::equals).orElse(true);
            boolean ofFunction = input.functionName()
                    .map(name -> mapping.functionArn().equals(name)
                            || mapping.functionArn().contains(":function:" + name + ":")
                            || mapping.functionArn().endsWith(":function:" + name))
                    .orElse(true);
            if (ofSource && ofFunction) {
                mappings.add(shown(mapping, state(mapping)));
            }
        }
        return ListEventSourceMappingsResponse.builder()
                .eventSourceMappings(mappings)
                .build();
    }

    EventSourceMappingConfiguration delete(Call call, DeleteEventSourceMappingRequest input, UnitOfWork work) {
        Mapping mapping = find(call, input.uuid(), work);
        work.delete(key(call.account(), call.region(), mapping.id()));
        work.delete(MappingKeys.CHECKPOINT.range(mapping.id()));
        work.stopPoller(MappingKeys.POLLER, mapping.id());
        return shown(mapping, "Deleting");
    }

    private static Mapping find(Call call, String id, UnitOfWork work) {
        return find(call.account(), call.region(), id, work);
    }

    static Mapping find(String account, String region, String id, UnitOfWork work) {
        return work.get(key(account, region, id), MappingKeys.MAPPING_ROW)
                .orElseThrow(() -> new ResourceNotFoundException("The resource you requested does not exist."));
    }

    private static List<Mapping> all(UnitOfWork work, String account, String region) {
        try (Stream<Entry> rows = work.scan(MappingKeys.MAPPING.range(account, region))) {
            return rows.map(row -> MappingKeys.MAPPING_ROW.decode(row.value())).toList();
        }
    }

    private static Key key(String account, String region, String id) {
        return MappingKeys.MAPPING.key(account, region, id);
    }

    private static EventSourceMappingConfiguration shown(Mapping mapping, String state) {
        Mapping.Batching batching = mapping.batching();
        Retrying retrying = mapping.retrying();
        boolean queue = mapping.source().isQueue();
        EventSourceMappingConfiguration.Builder shown = EventSourceMappingConfiguration.builder()
                .uuid(mapping.id())
                .eventSourceMappingArn(mapping.arn())
                .eventSourceArn(mapping.source().arn())
                .functionArn(mapping.functionArn())
                .batchSize(batching.size())
                .maximumBatchingWindowInSeconds(batching.windowSeconds())
                .lastModified(mapping.modifiedAt())
                .state(state)
                .stateTransitionReason("USER_INITIATED")
                .functionResponseTypes(batching.partialFailures() ? List.of("ReportBatchItemFailures") : List.of());
        if (batching.maximumConcurrency() > 0) {
            shown.scalingConfig(ScalingConfig.builder()
                    .maximumConcurrency(batching.maximumConcurrency())
                    .build());
        }
        if (!mapping.filters().isEmpty()) {
            shown.filterCriteria(FilterCriteria.builder()
                    .filters(mapping.filters().stream()
                            .map(pattern -> Filter.builder().pattern(pattern).build())
                            .toList())
                    .build());
        }
        if (!queue) {
            shown.startingPosition(mapping.source().position())
                    .parallelizationFactor(batching.parallel())
                    .tumblingWindowInSeconds(0)
                    .maximumRetryAttempts(retrying.attempts())
                    .maximumRecordAgeInSeconds(retrying.ageSeconds())
                    .bisectBatchOnFunctionError(retrying.bisect())
                    .destinationConfig(DestinationConfig.builder()
                            .onFailure(
                                    retrying.onFailure().isEmpty()
                                            ? OnFailure.builder().build()
                                            : OnFailure.builder()
                                                    .destination(retrying.onFailure())
                                                    .build())
                            .build());
        }
        return shown.build();
    }
}
