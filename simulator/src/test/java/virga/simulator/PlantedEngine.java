package virga.simulator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import virga.kernel.Scope;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

/** A real engine whose invocations go wrong. */
final class PlantedEngine {
    private PlantedEngine() {}

    /** How one invocation goes wrong. */
    interface Fault {
        Outcome invoke(FunctionEngine right, FunctionVersion version, Invocation invocation)
                throws InterruptedException;
    }

    static UnaryOperator<FunctionEngine> with(Fault fault) {
        return right -> (FunctionEngine) Proxy.newProxyInstance(
                FunctionEngine.class.getClassLoader(),
                new Class<?>[] {FunctionEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("invoke")) {
                        return fault.invoke(right, (FunctionVersion) arguments[0], (Invocation) arguments[1]);
                    }
                    try {
                        return method.invoke(right, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Runs one more at once than is reserved. */
    static Outcome oneMore(FunctionEngine right, FunctionVersion version, Invocation invocation)
            throws InterruptedException {
        int reserved = version.reservedConcurrency();
        return right.invoke(changed(version, version.scope(), reserved < 0 ? -1 : reserved + 1), invocation);
    }

    /** Counts some events for another account. */
    static Outcome elsewhere(FunctionEngine right, FunctionVersion version, Invocation invocation)
            throws InterruptedException {
        Scope scope = version.scope();
        Scope other = new Scope(scope.environment(), "111111111111", scope.region());
        return right.invoke(
                changed(version, isStruck(invocation) ? other : scope, version.reservedConcurrency()), invocation);
    }

    /** Says of some events that have run that they were throttled. */
    static Outcome throttledAfterwards(FunctionEngine right, FunctionVersion version, Invocation invocation)
            throws InterruptedException {
        Outcome outcome = right.invoke(version, invocation);
        return isStruck(invocation) ? new Outcome.Throttled("planted") : outcome;
    }

    /** Throttles some events without need. */
    static Outcome throttledForNothing(FunctionEngine right, FunctionVersion version, Invocation invocation)
            throws InterruptedException {
        return isStruck(invocation) ? new Outcome.Throttled("planted") : right.invoke(version, invocation);
    }

    /** Says of each event that failed that it was done. */
    static Outcome neverFailing(FunctionEngine right, FunctionVersion version, Invocation invocation)
            throws InterruptedException {
        Outcome outcome = right.invoke(version, invocation);
        return outcome instanceof Outcome.Failed failed
                ? new Outcome.Returned(failed.payload(), failed.report(), failed.logTail())
                : outcome;
    }

    private static boolean isStruck(Invocation invocation) {
        return invocation.requestId().charAt(0) < '4';
    }

    private static FunctionVersion changed(FunctionVersion version, Scope scope, int reserved) {
        return new FunctionVersion(
                version.id(),
                scope,
                version.arn(),
                version.name(),
                version.version(),
                version.runtime(),
                version.handler(),
                version.architecture(),
                version.code(),
                version.layers(),
                version.memoryMegabytes(),
                version.timeout(),
                version.temporaryMegabytes(),
                version.environment(),
                version.roleArn(),
                version.logGroup(),
                reserved);
    }
}
