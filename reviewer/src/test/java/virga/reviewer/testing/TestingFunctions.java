package virga.reviewer.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.observe.Records;
import virga.observe.json.Json;

/** Runs handlers written in Java: their calls go through the cloud with the invocation as their cause, as a worker's calls do. */
final class TestingFunctions implements FunctionEngine {
    private final Map<String, Supplier<TestingFunction>> handlers = new ConcurrentHashMap<>();
    /** By environment and function: a worker keeps its memory from event to event, as real ones do. */
    private final Map<String, TestingFunction> workers = new ConcurrentHashMap<>();

    private final java.util.Set<String> killed = ConcurrentHashMap.newKeySet();
    private volatile Function<String, LiveEnvironment> environments;
    private volatile Function<String, Records> records;

    void serve(Function<String, LiveEnvironment> environments, Function<String, Records> records) {
        this.environments = environments;
        this.records = records;
    }

    /** @param handler a new one for each worker */
    void add(String name, Supplier<TestingFunction> handler) {
        handlers.put(name, handler);
    }

    private TestingFunction worker(FunctionVersion version) {
        return workers.computeIfAbsent(
                version.scope().environment() + "/" + version.name(),
                unused -> handlers.get(version.name()).get());
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
    public Outcome invoke(FunctionVersion version, Invocation invocation) {
        LiveEnvironment environment = environments.apply(version.scope().environment());
        Instant started = environment.ports().clock().now();
        Cause cause = invocation.causes().getFirst().next(invocation.requestId(), "invocation");
        Principal role = new Principal.RoleSession(version.scope().account(), "role", version.name());
        var report = new Outcome.Report(1, 1, 0, 128, 64, Outcome.ColdStart.NONE);
        Outcome outcome;
        try {
            Json event = Json.parse(invocation.payload().utf8()).orElseThrow();
            String answer = worker(version)
                    .handle(new TestingCalls(environment, version.scope(), role, cause, this::killed), (Json.Structure)
                            event);
            outcome = new Outcome.Returned(Bytes.ofUtf8(answer), report, "");
        } catch (Killed dead) {
            workers.remove(version.scope().environment() + "/" + version.name());
            outcome = new Outcome.Failed("Unhandled", Bytes.ofUtf8("{\"errorMessage\":\"killed\"}"), report, "");
        } catch (RuntimeException failed) {
            outcome = new Outcome.Failed("Unhandled", Bytes.ofUtf8("{\"errorMessage\":\"failed\"}"), report, "");
        }
        record(version, invocation, started, outcome);
        return outcome;
    }

    private void record(FunctionVersion version, Invocation invocation, Instant started, Outcome outcome) {
        TreeMap<String, String> details = new TreeMap<>();
        details.put("origin", invocation.origin());
        if (version.name().startsWith("outside")) {
            // As a runtime tells that its process has connected somewhere.
            details.put(virga.kernel.Details.OUTSIDE_CONNECTIONS, "api.example.com:443");
        }
        boolean returned = outcome instanceof Outcome.Returned;
        records.apply(version.scope().environment())
                .record(new CallRecord(
                        invocation.requestId(),
                        CallRecord.Kind.INVOCATION,
                        version.scope(),
                        "role",
                        invocation.causes(),
                        "lambda",
                        "Invocation",
                        List.of(invocation.functionArn()),
                        started,
                        1,
                        returned ? "ok" : "Unhandled",
                        200,
                        invocation.payload(),
                        Bytes.EMPTY,
                        invocation.sequence(),
                        details));
    }

    /** The end of a worker: no handler catches it. */
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    @Override
    public boolean kill(String requestId) {
        return killed.add(requestId);
    }

    private boolean killed(Cause cause) {
        return killed.contains(cause.parentId());
    }

    @Override
    public void retire(String functionArn) {
        // Nobody changes a function here.
    }

    @Override
    public void retireEnvironment(String environment) {
        workers.keySet().removeIf(worker -> worker.startsWith(environment + "/"));
    }
}
