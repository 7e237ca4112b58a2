package virga.server;

import java.util.List;
import java.util.function.Supplier;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

/** An engine that may still be starting when it is given to those who will use it. */
final class StartingFunctions implements FunctionEngine {
    private final Supplier<? extends FunctionEngine> engine;

    /** @param engine waits until it is there */
    StartingFunctions(Supplier<? extends FunctionEngine> engine) {
        this.engine = engine;
    }

    @Override
    public String refusal(FunctionVersion version) {
        return engine.get().refusal(version);
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        return engine.get().warnings(version);
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
        return engine.get().invoke(version, invocation);
    }

    @Override
    public void retire(String functionArn) {
        engine.get().retire(functionArn);
    }

    @Override
    public boolean kill(String requestId) {
        return engine.get().kill(requestId);
    }

    @Override
    public void retireEnvironment(String environment) {
        engine.get().retireEnvironment(environment);
    }
}
