package virga.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

/** An engine, and how many events it has in hand in each environment: an environment is not at rest while there are any. */
final class CountedFunctions implements FunctionEngine {
    private final FunctionEngine engine;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    CountedFunctions(FunctionEngine engine) {
        this.engine = engine;
    }

    /** Events that functions of the environment have in hand, or that wait for a worker. */
    int underWay(String environment) {
        return underWay.getOrDefault(environment, 0);
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
        String environment = version.scope().environment();
        underWay.merge(environment, 1, Integer::sum);
        try {
            return engine.invoke(version, invocation);
        } finally {
            underWay.computeIfPresent(environment, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public String refusal(FunctionVersion version) {
        return engine.refusal(version);
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        return engine.warnings(version);
    }

    @Override
    public void retire(String functionArn) {
        engine.retire(functionArn);
    }

    @Override
    public void retireEnvironment(String environment) {
        engine.retireEnvironment(environment);
    }
}
