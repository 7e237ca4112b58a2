package virga.conformance.sdk;

import java.util.function.Consumer;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import virga.conformance.fixture.Account;

/** Buses, rules and targets of a test's own. */
record Buses(Account account, EventBridgeClient events) {
    static Buses in(Account account) {
        return new Buses(account, account.client(EventBridgeClient.builder()));
    }

    /** A new bus's name. */
    String bus(String purpose) {
        String name = account.name(purpose);
        events.createEventBus(request -> request.name(name));
        account.afterwards(() -> events.deleteEventBus(request -> request.name(name)));
        return name;
    }

    /** A new rule's name. */
    String rule(String bus, String purpose, String pattern) {
        String name = account.name(purpose);
        events.putRule(request -> request.eventBusName(bus).name(name).eventPattern(pattern));
        account.afterwards(
                () -> events.deleteRule(request -> request.eventBusName(bus).name(name)));
        return name;
    }

    void target(String bus, String rule, Consumer<Target.Builder> target) {
        Target.Builder described = Target.builder();
        target.accept(described);
        String id = described.build().id();
        events.putTargets(request -> request.eventBusName(bus).rule(rule).targets(described.build()));
        account.afterwards(() -> events.removeTargets(
                request -> request.eventBusName(bus).rule(rule).ids(id)));
    }
}
