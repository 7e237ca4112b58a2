package virga.services.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.Unset;
import virga.model.events.CreateEventBusRequest;
import virga.model.events.CreateEventBusResponse;
import virga.model.events.DeleteEventBusRequest;
import virga.model.events.DescribeEventBusRequest;
import virga.model.events.DescribeEventBusResponse;
import virga.model.events.EventBus;
import virga.model.events.ListEventBusesRequest;
import virga.model.events.ListEventBusesResponse;
import virga.model.events.ResourceAlreadyExistsException;
import virga.model.events.ResourceNotFoundException;
import virga.model.events.Tag;
import virga.model.events.UpdateEventBusRequest;
import virga.model.events.UpdateEventBusResponse;
import virga.store.Key;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** Event buses. */
final class Buses {
    /** A bus is named by its name or its ARN. */
    static String name(String nameOrArn) {
        return Arn.isArn(nameOrArn) ? Arn.parse(nameOrArn).name() : nameOrArn;
    }

    static Optional<Bus> find(Call call, String name, Reading reading) {
        Optional<Bus> kept = reading.get(key(call, name), EventsKeys.BUS_ROW);
        return kept.isEmpty() && name.equals(Bus.DEFAULT)
                ? Optional.of(new Bus(name, call.scope(), "", "", Map.of(), Instant.EPOCH, Instant.EPOCH))
                : kept;
    }

    static Bus existing(Call call, String nameOrArn, Reading reading) {
        String name = name(nameOrArn);
        return find(call, name, reading)
                .orElseThrow(() -> new ResourceNotFoundException("Event bus " + name + " does not exist."));
    }

    CreateEventBusResponse create(Call call, CreateEventBusRequest input, UnitOfWork work) {
        refuseUnsupported(input);
        if (!input.name().matches("[A-Za-z0-9._-]{1,256}")) {
            throw new Fault("ValidationException", 400, "Event bus name is not valid: " + input.name());
        }
        if (find(call, input.name(), work).isPresent()) {
            throw new ResourceAlreadyExistsException("Event bus " + input.name() + " already exists.");
        }
        Bus bus = new Bus(
                input.name(),
                call.scope(),
                input.description().orElse(""),
                "",
                tags(input.tags()),
                work.now(),
                work.now());
        keep(work, bus);
        return CreateEventBusResponse.builder()
                .eventBusArn(bus.arn())
                .description(input.description().orElse(null))
                .build();
    }

    DescribeEventBusResponse describe(Call call, DescribeEventBusRequest input, UnitOfWork work) {
        Bus bus = existing(call, input.name().orElse(Bus.DEFAULT), work);
        return DescribeEventBusResponse.builder()
                .name(bus.name())
                .arn(bus.arn())
                .description(Unset.ifEmpty(bus.description()))
                .policy(Unset.ifEmpty(bus.policy()))
                .creationTime(bus.createdAt())
                .lastModifiedTime(bus.modifiedAt())
                .build();
    }

    ListEventBusesResponse list(Call call, ListEventBusesRequest input, UnitOfWork work) {
        List<Bus> buses = new ArrayList<>();
        buses.add(existing(call, Bus.DEFAULT, work));
        try (Stream<Entry> rows = work.scan(EventsKeys.BUS.range(call.account(), call.region()))) {
            rows.map(row -> EventsKeys.BUS_ROW.decode(row.value()))
                    .filter(bus -> !bus.name().equals(Bus.DEFAULT))
                    .forEach(buses::add);
        }
        buses.removeIf(bus -> !bus.name().startsWith(input.namePrefix().orElse("")));
        Page<Bus> page = Pages.of(buses, input.limit(), input.nextToken(), Bus::name);
        return ListEventBusesResponse.builder()
                .nextToken(page.nextToken())
                .eventBuses(page.items().stream()
                        .map(bus -> EventBus.builder()
                                .name(bus.name())
                                .arn(bus.arn())
                                .policy(Unset.ifEmpty(bus.policy()))
                                .creationTime(bus.createdAt())
                                .lastModifiedTime(bus.modifiedAt())
                                .build())
                        .toList())
                .build();
    }

    private static void refuseUnsupported(Structure input) {
        for (String unsupported : List.of("EventSourceName", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig")) {
            if (input.schema().member(unsupported).isPresent()
                    && input.get(unsupported).isPresent()) {
                throw Fault.unsupported("AWS::Events::EventBus/" + unsupported);
            }
        }
    }

    UpdateEventBusResponse update(Call call, UpdateEventBusRequest input, UnitOfWork work) {
        refuseUnsupported(input);
        Bus before = existing(call, input.name().orElse(Bus.DEFAULT), work);
        Bus bus = input.description()
                .map(description -> before.withDescription(description, work.now()))
                .orElse(before);
        keep(work, bus);
        return UpdateEventBusResponse.builder()
                .arn(bus.arn())
                .name(bus.name())
                .description(bus.description().isEmpty() ? null : bus.description())
                .build();
    }

    void delete(Call call, DeleteEventBusRequest input, UnitOfWork work) {
        String name = name(input.name());
        if (name.equals(Bus.DEFAULT)) {
            throw new Fault("ValidationException", 400, "Cannot delete event bus default.");
        }
        if (!Rules.of(call, name, work).isEmpty()) {
            throw new Fault("ValidationException", 400, "Event bus can't be deleted since it has rules.");
        }
        work.delete(key(call, name));
    }

    static void keep(UnitOfWork work, Bus bus) {
        work.put(EventsKeys.BUS.key(bus.scope().account(), bus.scope().region(), bus.name()), bus, EventsKeys.BUS_ROW);
    }

    static Map<String, String> tags(List<Tag> list) {
        Map<String, String> tags = new TreeMap<>();
        list.forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static Key key(Call call, String name) {
        return EventsKeys.BUS.key(call.account(), call.region(), name);
    }
}
