package virga.simulator.function;

import java.util.List;
import java.util.Optional;
import virga.engine.Concurrency;
import virga.kernel.Bytes;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/** Runs a workload's code in place of processes, within the engine's own limits of concurrency. One stands for the workers of one life of a cloud. */
public final class SimulatedFunctions implements FunctionEngine {
    private static final Outcome.Report REPORT = new Outcome.Report(1, 1, 0, 128, 64, Outcome.ColdStart.NONE);

    private final Concurrency concurrency;
    private final Workload workload;

    /** @param workload has the code of all functions; a {@link HandlerError} that it throws is the function's own */
    public SimulatedFunctions(Workload workload) {
        this.workload = workload;
        this.concurrency = new Concurrency(workload.accountConcurrency());
    }

    /** A function's own error. */
    public static final class HandlerError extends RuntimeException {
        HandlerError(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
        Optional<String> full = concurrency.enter(version);
        if (full.isPresent()) {
            return new Outcome.Throttled(full.get());
        }
        try {
            Simulation.giveWay();
            return new Outcome.Returned(Bytes.ofUtf8(workload.handle(version, invocation)), REPORT, "");
        } catch (HandlerError error) {
            String payload = "{\"errorMessage\":\"" + error.getMessage() + "\",\"errorType\":\"Error\"}";
            return new Outcome.Failed("Unhandled", Bytes.ofUtf8(payload), REPORT, "");
        } finally {
            concurrency.leave(version);
        }
    }

    @Override
    public String refusal(FunctionVersion version) {
        return "";
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        return List.of();
    }

    @Override
    public void retire(String functionArn) {
        // Handlers keep nothing between events.
    }

    @Override
    public void retireEnvironment(String environment) {
        // Handlers keep nothing between events.
    }
}
