package virga.services.events;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import virga.cloud.Binder;
import virga.cloud.ResourcePolicies;
import virga.cloud.Service;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.events.DeleteEventBusResponse;
import virga.model.events.DeleteRuleResponse;
import virga.model.events.DisableRuleResponse;
import virga.model.events.EnableRuleResponse;
import virga.model.events.Events;
import virga.model.events.ListTagsForResourceRequest;
import virga.model.events.ListTagsForResourceResponse;
import virga.model.events.PutEventsRequestEntry;
import virga.model.events.ResourceNotFoundException;
import virga.model.events.Tag;
import virga.model.events.TagResourceRequest;
import virga.model.events.TagResourceResponse;
import virga.model.events.UntagResourceRequest;
import virga.model.events.UntagResourceResponse;
import virga.store.Reading;

/** Amazon EventBridge. */
public final class EventsService implements Service {
    private final EventsLimits limits;

    public EventsService(EventsLimits limits) {
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return Events.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of("PutRule.RoleArn");
    }

    @Override
    public void bind(Binder binder) {
        bindBuses(binder);
        bindRules(binder);
        binder.task(Deliveries.KIND, new Deliveries());
        binder.task(Firings.KIND, new Firings());
        binder.resourcePolicies(new BusPolicies());
        binder.provisioner(new RuleProvisioner());
        binder.provisioner(new BusProvisioner());
    }

    private void bindBuses(Binder binder) {
        Buses buses = new Buses();
        binder.atomic(Events.CREATE_EVENT_BUS, buses::create).resources((call, input) -> bus(call, input.name()));
        binder.atomic(Events.UPDATE_EVENT_BUS, buses::update)
                .resources((call, input) -> bus(call, input.name().orElse(Bus.DEFAULT)));
        binder.atomic(Events.DESCRIBE_EVENT_BUS, buses::describe)
                .resources((call, input) -> bus(call, input.name().orElse(Bus.DEFAULT)));
        binder.atomic(Events.LIST_EVENT_BUSES, buses::list);
        binder.atomic(Events.DELETE_EVENT_BUS, (call, input, work) -> {
                    buses.delete(call, input, work);
                    return DeleteEventBusResponse.builder().build();
                })
                .resources((call, input) -> bus(call, input.name()));
        binder.atomic(Events.PUT_EVENTS, new PutEvents(limits))
                .resources((call, input) -> input.entries().stream()
                        .map(PutEventsRequestEntry::eventBusName)
                        .map(name -> bus(call, name.orElse(Bus.DEFAULT)).getFirst())
                        .distinct()
                        .toList());
        binder.atomic(Events.TEST_EVENT_PATTERN, (call, input, work) -> Rules.test(input));
        binder.atomic(Events.TAG_RESOURCE, EventsService::tag).resources((call, input) -> List.of(input.resourceARN()));
        binder.atomic(Events.UNTAG_RESOURCE, EventsService::untag)
                .resources((call, input) -> List.of(input.resourceARN()));
        binder.atomic(Events.LIST_TAGS_FOR_RESOURCE, EventsService::tags)
                .resources((call, input) -> List.of(input.resourceARN()));
    }

    private void bindRules(Binder binder) {
        Rules rules = new Rules(limits);
        Targets targets = new Targets(limits);
        binder.atomic(Events.PUT_RULE, rules::put)
                .resources(rule(input -> input.eventBusName(), input -> input.name()));
        binder.atomic(Events.DESCRIBE_RULE, rules::describe)
                .resources(rule(input -> input.eventBusName(), input -> input.name()));
        binder.atomic(Events.LIST_RULES, rules::list);
        binder.atomic(Events.LIST_RULE_NAMES_BY_TARGET, rules::byTarget);
        binder.atomic(Events.DELETE_RULE, (call, input, work) -> {
                    rules.delete(call, input, work);
                    return DeleteRuleResponse.builder().build();
                })
                .resources(rule(input -> input.eventBusName(), input -> input.name()));
        binder.atomic(Events.ENABLE_RULE, (call, input, work) -> {
                    rules.enable(call, input.eventBusName(), input.name(), true, work);
                    return EnableRuleResponse.builder().build();
                })
                .resources(rule(input -> input.eventBusName(), input -> input.name()));
        binder.atomic(Events.DISABLE_RULE, (call, input, work) -> {
                    rules.enable(call, input.eventBusName(), input.name(), false, work);
                    return DisableRuleResponse.builder().build();
                })
                .resources(rule(input -> input.eventBusName(), input -> input.name()));
        binder.atomic(Events.PUT_TARGETS, targets::put)
                .resources(rule(input -> input.eventBusName(), input -> input.rule()));
        binder.atomic(Events.REMOVE_TARGETS, targets::remove)
                .resources(rule(input -> input.eventBusName(), input -> input.rule()));
        binder.atomic(Events.LIST_TARGETS_BY_RULE, targets::list)
                .resources(rule(input -> input.eventBusName(), input -> input.rule()));
    }

    private static List<String> bus(Call call, String nameOrArn) {
        return Arn.isArn(nameOrArn)
                ? List.of(nameOrArn)
                : List.of(
                        Arn.of("events", call.scope(), "event-bus/" + nameOrArn).toString());
    }

    private static <I extends Structure> BiFunction<Call, I, List<String>> rule(
            java.util.function.Function<I, Optional<String>> bus, java.util.function.Function<I, String> name) {
        return (call, input) -> {
            String busName = Buses.name(bus.apply(input).orElse(Bus.DEFAULT));
            String path = busName.equals(Bus.DEFAULT) ? name.apply(input) : busName + "/" + name.apply(input);
            return List.of(Arn.of("events", call.scope(), "rule/" + path).toString());
        };
    }

    /** What a tag operation's ARN names: a bus or a rule. */
    private sealed interface Tagged {
        record OfBus(Bus bus) implements Tagged {}

        record OfRule(Rule rule) implements Tagged {}

        static Tagged find(Call call, String text, Reading reading) {
            String resource = Arn.isArn(text) ? Arn.parse(text).resource() : "";
            if (resource.startsWith("event-bus/")) {
                return new OfBus(Buses.existing(call, resource.substring("event-bus/".length()), reading));
            }
            if (resource.startsWith("rule/")) {
                String[] parts = resource.split("/");
                Optional<String> bus = parts.length == 3 ? Optional.of(parts[1]) : Optional.empty();
                return new OfRule(Rules.existing(call, bus, parts[parts.length - 1], reading));
            }
            throw new ResourceNotFoundException("Resource " + text + " does not exist.");
        }

        default TreeMap<String, String> tags() {
            return new TreeMap<>(
                    switch (this) {
                        case OfBus of -> of.bus().tags();
                        case OfRule of -> of.rule().tags();
                    });
        }

        default void keep(TreeMap<String, String> tags, UnitOfWork work) {
            switch (this) {
                case OfBus of -> Buses.keep(work, of.bus().withTags(tags));
                case OfRule of -> Rules.keep(work, of.rule().withTags(tags));
            }
        }
    }

    private static TagResourceResponse tag(Call call, TagResourceRequest input, UnitOfWork work) {
        Tagged tagged = Tagged.find(call, input.resourceARN(), work);
        TreeMap<String, String> tags = tagged.tags();
        tags.putAll(Buses.tags(input.tags()));
        tagged.keep(tags, work);
        return TagResourceResponse.builder().build();
    }

    private static UntagResourceResponse untag(Call call, UntagResourceRequest input, UnitOfWork work) {
        Tagged tagged = Tagged.find(call, input.resourceARN(), work);
        TreeMap<String, String> tags = tagged.tags();
        input.tagKeys().forEach(tags::remove);
        tagged.keep(tags, work);
        return UntagResourceResponse.builder().build();
    }

    private static ListTagsForResourceResponse tags(Call call, ListTagsForResourceRequest input, UnitOfWork work) {
        return ListTagsForResourceResponse.builder()
                .tags(Tagged.find(call, input.resourceARN(), work).tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** The policies that buses carry. */
    private static final class BusPolicies implements ResourcePolicies {
        @Override
        public String service() {
            return "events";
        }

        @Override
        public Optional<String> of(String resourceArn, Reading reading) {
            Arn arn = Arn.parse(resourceArn);
            return reading.get(EventsKeys.BUS.key(arn.account(), arn.region(), arn.name()), EventsKeys.BUS_ROW)
                    .map(Bus::policy)
                    .filter(policy -> !policy.isEmpty());
        }
    }
}
