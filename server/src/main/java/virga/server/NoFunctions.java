package virga.server;

import java.util.List;
import virga.kernel.Bug;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

/** Stands where the services are only asked what they offer: there is no cloud, so nobody can deploy or invoke. */
final class NoFunctions implements FunctionEngine {
    @Override
    public String refusal(FunctionVersion version) {
        throw withoutCloud();
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        throw withoutCloud();
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) {
        throw withoutCloud();
    }

    @Override
    public void retire(String functionArn) {
        throw withoutCloud();
    }

    @Override
    public void retireEnvironment(String environment) {
        throw withoutCloud();
    }

    private static Bug withoutCloud() {
        return new Bug("a function is asked for where there is no cloud");
    }
}
