package virga.services.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.events.PutEventsResponse;
import virga.model.events.PutEventsResultEntry;

/** Takes events and queues a delivery for each target of each rule that matches. Source: PutEvents, EventBridge API Reference. */
final class PutEvents implements Atomic<PutEventsRequest, PutEventsResponse> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventsLimits limits;

    PutEvents(EventsLimits limits) {
        this.limits = limits;
    }

    @Override
    public PutEventsResponse handle(Call call, PutEventsRequest input, UnitOfWork work) {
        if (input.endpointId().isPresent()) {
            throw Fault.unsupported("events:PutEvents/EndpointId");
        }
        List<PutEventsRequestEntry> entries = input.entries();
        if (entries.size() > limits.entries()) {
            throw new Fault(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to "
                            + limits.entries());
        }
        int bytes = entries.stream().mapToInt(PutEvents::size).sum();
        if (bytes > limits.eventBytes()) {
            throw new Fault("ValidationException", 400, "Total size of the entries in the request is over the limit.");
        }
        List<PutEventsResultEntry> results = new ArrayList<>();
        for (PutEventsRequestEntry entry : entries) {
            results.add(put(call, entry, work));
        }
        work.detail(Details.ENTRIES, Integer.toString(entries.size()));
        work.detail(Details.BYTES, Integer.toString(bytes));
        int failed = (int) results.stream()
                .filter(result -> result.errorCode().isPresent())
                .count();
        return PutEventsResponse.builder()
                .entries(results)
                .failedEntryCount(failed)
                .build();
    }

    /** Source: "Calculating PutEvents event entry size", EventBridge User Guide. */
    private static int size(PutEventsRequestEntry entry) {
        int size = entry.time().isPresent() ? 14 : 0;
        size += bytes(entry.source()) + bytes(entry.detailType()) + bytes(entry.detail());
        for (String resource : entry.resources()) {
            size += bytes(Optional.of(resource));
        }
        return size;
    }

    private static int bytes(Optional<String> text) {
        return text.map(value -> value.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    }

    private static PutEventsResultEntry put(Call call, PutEventsRequestEntry entry, UnitOfWork work) {
        Optional<JsonNode> detail = entry.detail().flatMap(PutEvents::object);
        String mistake = "";
        if (entry.source().filter(source -> !source.isEmpty()).isEmpty()) {
            mistake = "Parameter Source is not valid. Reason: Source is a required argument.";
        } else if (entry.source().get().startsWith("aws.") && !(call.principal() instanceof Principal.Service)) {
            return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        } else if (entry.detailType().filter(type -> !type.isEmpty()).isEmpty()) {
            mistake = "Parameter DetailType is not valid. Reason: DetailType is a required argument.";
        } else if (entry.detail().isEmpty()) {
            mistake = "Parameter Detail is not valid. Reason: Detail is a required argument.";
        }
        if (!mistake.isEmpty()) {
            return failed("InvalidArgument", mistake);
        }
        if (detail.isEmpty()) {
            return failed("MalformedDetail", "Detail is malformed.");
        }
        String bus = Buses.name(entry.eventBusName().orElse(Bus.DEFAULT));
        String id = work.ids().uuid();
        // AWS accepts events for a bus that is not there, and drops them.
        if (Buses.find(call, bus, work).isPresent()) {
            publish(call, bus, event(call, id, entry, detail.get(), work), work);
        }
        return PutEventsResultEntry.builder().eventId(id).build();
    }

    private static PutEventsResultEntry failed(String code, String message) {
        return PutEventsResultEntry.builder()
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    private static Optional<JsonNode> object(String detail) {
        try {
            return Optional.ofNullable(JSON.readTree(detail)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode event(
            Call call, String id, PutEventsRequestEntry entry, JsonNode detail, UnitOfWork work) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", id);
        event.put("detail-type", entry.detailType().orElseThrow());
        event.put("source", entry.source().orElseThrow());
        event.put("account", call.account());
        event.put(
                "time",
                entry.time().orElse(work.now()).truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", call.region());
        ArrayNode resources = event.putArray("resources");
        entry.resources().forEach(resources::add);
        event.set("detail", detail);
        return event;
    }

    /** Queues the event for every target of every rule on the bus that matches it. */
    static void publish(Call call, String bus, ObjectNode event, UnitOfWork work) {
        String text = event.toString();
        for (Rule rule : Rules.of(call, bus, work)) {
            if (rule.enabled()
                    && !rule.pattern().isEmpty()
                    && virga.services.patterns.EventPattern.of(rule.pattern()).matches(text)) {
                Deliveries.queue(rule, text, work);
            }
        }
    }
}
