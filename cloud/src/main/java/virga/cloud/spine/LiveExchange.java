package virga.cloud.spine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import virga.cloud.Exchange;
import virga.cloud.Settings;
import virga.cloud.UnitOfWork;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.store.Reading;

/** One call on its way through one environment; gathers what its record will say. */
final class LiveExchange implements Exchange {
    private final LiveEnvironment environment;
    private final Call call;
    private final SortedMap<String, String> details = Collections.synchronizedSortedMap(new TreeMap<>());
    private final Map<String, Cause> carried = Collections.synchronizedMap(new LinkedHashMap<>());

    LiveExchange(LiveEnvironment environment, Call call) {
        this.environment = environment;
        this.call = call;
    }

    SortedMap<String, String> details() {
        return details;
    }

    Map<String, Cause> carried() {
        return carried;
    }

    @Override
    public <T> T transact(Function<UnitOfWork, T> body) {
        return environment.transact(call, body, committed -> {
            details.putAll(committed.details());
            carried.putAll(committed.carried());
        });
    }

    @Override
    public void detail(String name, String value) {
        details.put(name, value);
    }

    @Override
    public void carry(String itemId, Cause cause) {
        carried.put(itemId, cause);
    }

    @Override
    public String name() {
        return environment.name();
    }

    @Override
    public Ports ports() {
        return environment.ports();
    }

    @Override
    public Settings settings() {
        return environment.settings();
    }

    @Override
    public Weather weather() {
        return environment.weather();
    }

    @Override
    public <T> T transact(Call other, Function<UnitOfWork, T> body) {
        return environment.transact(other, body);
    }

    @Override
    public <T> T read(Function<Reading, T> body) {
        return environment.read(body);
    }

    @Override
    public long sequence() {
        return environment.sequence();
    }

    @Override
    public Call newCall(Scope scope, Principal principal, Cause cause) {
        return environment.newCall(scope, principal, cause);
    }

    @Override
    public <I extends Structure, O extends Structure> Carried<O> carrying(
            Call other, Operation<I, O> operation, I input) {
        return environment.carrying(other, operation, input);
    }
}
