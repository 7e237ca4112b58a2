package virga.services.lambda;

import java.util.List;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

/** Takes every function and is never asked to run one. */
public class TestingEngine implements FunctionEngine {
    @Override
    public String refusal(FunctionVersion version) {
        return "";
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        return List.of();
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retire(String functionArn) {}

    @Override
    public void retireEnvironment(String environment) {}
}
