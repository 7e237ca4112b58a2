package virga.services.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.store.RecordCodec;

/** Scheduled rules: a timer for each, set again at each firing. Every firing begins a lineage of its own. */
final class Firings implements TaskHandler<Firings.Firing> {
    static final TaskKind<Firing> KIND = new TaskKind<>("events/fire", RecordCodec.of(Firing.class));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param due when it was to fire: the event's time */
    record Firing(String rule, Instant due) {}

    /** Sets or clears the rule's timer, as the rule says. */
    static void set(Rule rule, UnitOfWork work) {
        clear(rule, work);
        if (rule.enabled() && !rule.schedule().isEmpty()) {
            arm(rule, work.now(), work);
        }
    }

    private static void arm(Rule rule, Instant after, UnitOfWork work) {
        Optional<Instant> next = Schedule.parse(rule.schedule()).next(after);
        next.ifPresent(due -> work.schedule(KIND, rule.name(), due, new Firing(rule.name(), due)));
    }

    static void clear(Rule rule, UnitOfWork work) {
        work.cancel(KIND, rule.name());
    }

    @Override
    public Result run(Task<Firing> task, Environment environment) {
        Cause root = Cause.root(environment.ports().ids().traceId());
        Call call = environment.newCall(
                task.scope(), new Principal.Service(task.scope().account(), "events.amazonaws.com", ""), root);
        environment.transact(call, work -> {
            Optional<Rule> rule = work.get(
                    EventsKeys.rule(task.scope(), Bus.DEFAULT, task.payload().rule()), EventsKeys.RULE_ROW);
            if (rule.isPresent()
                    && rule.get().enabled()
                    && !rule.get().schedule().isEmpty()) {
                Deliveries.queue(
                        rule.get(),
                        event(call, rule.get(), task.payload().due(), work).toString(),
                        work);
                // A clock that was moved far ahead fires once, not once for each time that was passed over.
                Instant from = task.payload().due().isAfter(work.now())
                        ? task.payload().due()
                        : work.now();
                arm(rule.get(), from, work);
            }
            return null;
        });
        return Result.DONE;
    }

    /** Source: "Events from AWS services: scheduled events", EventBridge User Guide. */
    private static ObjectNode event(Call call, Rule rule, Instant due, UnitOfWork work) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", work.ids().uuid());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", call.account());
        event.put("time", due.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", call.region());
        event.putArray("resources").add(rule.arn());
        event.putObject("detail");
        return event;
    }
}
