package virga.cloud;

import java.util.function.Function;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.store.Reading;

/** An environment that is another one but for what a subclass adds or changes. */
public abstract class ForwardingEnvironment implements Environment {
    private final Environment environment;

    protected ForwardingEnvironment(Environment environment) {
        this.environment = environment;
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
    public <T> T transact(Call call, Function<UnitOfWork, T> body) {
        return environment.transact(call, body);
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
            Call call, Operation<I, O> operation, I input) {
        return environment.carrying(call, operation, input);
    }

    @Override
    public Hold hold(String what) {
        return environment.hold(what);
    }

    @Override
    public boolean isHeld(String what) {
        return environment.isHeld(what);
    }
}
