package virga.simulator.function;

import java.util.List;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.DeleteEventSourceMappingRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListEventSourceMappingsRequest;
import virga.model.lambda.ScalingConfig;
import virga.model.lambda.UpdateEventSourceMappingRequest;
import virga.simulator.Patient;

/** A mapping from a queue to the function, as its owner makes and changes it. */
final class QueueMapping {
    private final Patient patient;
    private final String queue;
    private final int size;
    private final int windowSeconds;
    private final int maximumConcurrency;
    private final boolean partial;
    private String id = "";

    /** @param maximumConcurrency 0 for none */
    QueueMapping(Patient patient, String queue, int size, int windowSeconds, int maximumConcurrency, boolean partial) {
        this.patient = patient;
        this.queue = queue;
        this.size = size;
        this.windowSeconds = windowSeconds;
        this.maximumConcurrency = maximumConcurrency;
        this.partial = partial;
    }

    @Override
    public String toString() {
        return "batches of " + size + " within " + windowSeconds + " s, " + maximumConcurrency + " at once"
                + (partial ? ", partial failures" : "");
    }

    /** Whether the function reports which messages of a batch it failed. */
    boolean partial() {
        return partial;
    }

    void create() {
        CreateEventSourceMappingRequest.Builder input = CreateEventSourceMappingRequest.builder()
                .eventSourceArn(queue)
                .functionName(Setting.FUNCTION)
                .batchSize(size)
                .maximumBatchingWindowInSeconds(windowSeconds);
        if (maximumConcurrency > 0) {
            input.scalingConfig(ScalingConfig.builder()
                    .maximumConcurrency(maximumConcurrency)
                    .build());
        }
        if (partial) {
            input.functionResponseTypes(List.of("ReportBatchItemFailures"));
        }
        patient.call(Lambda.CREATE_EVENT_SOURCE_MAPPING, input.build(), List.of("ResourceConflictException"));
        id = patient.call(
                        Lambda.LIST_EVENT_SOURCE_MAPPINGS,
                        ListEventSourceMappingsRequest.builder()
                                .functionName(Setting.FUNCTION)
                                .build())
                .eventSourceMappings()
                .getFirst()
                .uuid()
                .orElseThrow();
    }

    void changeSize(int other) {
        patient.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(id)
                        .batchSize(other)
                        .build());
    }

    void enable(boolean enabled) {
        patient.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(id)
                        .enabled(enabled)
                        .build());
    }

    void delete() {
        patient.call(
                Lambda.DELETE_EVENT_SOURCE_MAPPING,
                DeleteEventSourceMappingRequest.builder().uuid(id).build(),
                List.of("ResourceNotFoundException"));
    }
}
