package virga.simulator.function;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import virga.kernel.Bytes;
import virga.kernel.Chance;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.InvocationResponse;
import virga.model.lambda.Lambda;
import virga.model.lambda.TooManyRequestsException;
import virga.simulator.Patient;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/** Clients call functions and wait for the answers, more of them than there are places; what one function has reserved changes meanwhile. */
public final class CallWorkload implements Workload {
    private static final String RESERVED = Setting.FUNCTION;
    private static final List<String> FUNCTIONS = List.of(RESERVED, "other", "third");

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Setting setting;
    private final int accountConcurrency;
    private final OptionalInt reserved;
    private final int clients;
    private final int calls;
    private final int changes;
    private final CallLedger ledger;

    public CallWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("calls");
        this.setting = new Setting(new Patient(simulation, cloud));
        this.accountConcurrency = 3 + chance.nextInt(4);
        this.reserved = reservation();
        this.clients = 3 + chance.nextInt(8);
        this.calls = 4 + chance.nextInt(8);
        this.changes = Math.max(0, chance.nextInt(5) - 2);
        this.ledger = new CallLedger(simulation, cloud, accountConcurrency);
    }

    private OptionalInt reservation() {
        return chance.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(chance.nextInt(accountConcurrency));
    }

    @Override
    public int accountConcurrency() {
        return accountConcurrency;
    }

    @Override
    public String toString() {
        return clients + " clients of " + calls + " calls, " + accountConcurrency + " at once, reserved " + reserved
                + ", " + changes + " changes";
    }

    @Override
    public void run() {
        FUNCTIONS.forEach(name -> setting.function(name, Optional.empty()));
        setting.reserve(reserved);
        FUNCTIONS.forEach(name -> ledger.reserving(name, name.equals(RESERVED) ? reserved : OptionalInt.empty()));
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            int number = i;
            simulation.outside().start("caller-" + i, () -> {
                for (int call = 0; call < calls; call++) {
                    call("c" + number + "-" + call);
                    cloud.sleep(Duration.ofMillis(chance.nextInt(4_000)));
                }
                done.countDown();
            });
        }
        for (int i = 0; i < changes; i++) {
            cloud.sleep(Duration.ofMillis(chance.nextInt(8_000)));
            OptionalInt next = reservation();
            simulation.note("reserving " + next);
            ledger.reserving(RESERVED, next);
            setting.reserve(next);
            ledger.reserved(RESERVED);
            simulation.note("reserved " + next);
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
    }

    private void call(String tag) {
        String function = FUNCTIONS.get(chance.nextInt(FUNCTIONS.size()));
        ledger.calling(tag, function);
        Reply<InvocationResponse> reply = cloud.call(
                Lambda.INVOKE,
                InvocationRequest.builder()
                        .functionName(function)
                        .payload(Bytes.ofUtf8("{\"tag\":\"" + tag + "\"}"))
                        .build());
        switch (reply) {
            case Reply.Answered<InvocationResponse>(InvocationResponse answer) -> {
                simulation.note(tag + " is answered");
                ledger.answered(
                        tag,
                        answer.payload().orElse(Bytes.EMPTY).utf8(),
                        answer.functionError().isPresent());
            }
            case Reply.Refused<InvocationResponse>(TooManyRequestsException throttle) -> {
                simulation.note(tag + " is throttled");
                ledger.throttled(tag);
            }
            case Reply.Refused<InvocationResponse>(var fault) ->
                simulation.fail("a call is answered", tag + ": " + fault);
            case Reply.Lost<InvocationResponse> lost -> ledger.lost(tag);
        }
    }

    @Override
    public String handle(FunctionVersion function, Invocation invocation) throws InterruptedException {
        String tag = invocation.payload().utf8().replaceAll(".*\"tag\":\"([^\"]*)\".*", "$1");
        int life = ledger.begins(tag, function.name());
        simulation.note(tag + " runs on " + function.name());
        cloud.pause(Duration.ofMillis(chance.nextInt(3_000)));
        boolean fails = chance.nextInt(6) == 0;
        ledger.ended(tag, function.name(), life, fails);
        if (fails) {
            throw new SimulatedFunctions.HandlerError("planned");
        }
        return "{\"done\":\"" + tag + "\"}";
    }
}
