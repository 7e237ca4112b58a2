package virga.services.events;

import static virga.store.Part.text;

import virga.kernel.Scope;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of EventBridge. The default bus of an account and region is always there and needs no row. */
final class EventsKeys {
    static final KeySpace BUS = KeySpace.of("events/bus", text("account"), text("region"), text("name"));
    static final KeySpace RULE = KeySpace.of("events/rule", text("account"), text("region"), text("bus"), text("name"));

    static final Codec<Bus> BUS_ROW = RecordCodec.of(Bus.class);
    static final Codec<Rule> RULE_ROW = RecordCodec.of(Rule.class);

    private EventsKeys() {}

    static Key rule(Scope scope, String bus, String name) {
        return RULE.key(scope.account(), scope.region(), bus, name);
    }
}
