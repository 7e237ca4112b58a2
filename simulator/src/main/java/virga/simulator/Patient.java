package virga.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import virga.model.Operation;
import virga.model.Structure;
import virga.simulator.schedule.Simulation;

/** A client that asks again until it is answered, however often the cloud is killed meanwhile. */
public final class Patient {
    private final Simulation simulation;
    private final SimulatedCloud cloud;

    public Patient(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
    }

    /** The answer; a refusal breaks the run off. */
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        return call(operation, input, List.of()).orElseThrow();
    }

    /** The answer, or empty where the refusal says that an earlier try took effect. @param done the codes of such refusals */
    public <I extends Structure, O extends Structure> Optional<O> call(
            Operation<I, O> operation, I input, List<String> done) {
        while (true) {
            switch (cloud.call(operation, input)) {
                case Reply.Answered<O>(O output) -> {
                    return Optional.of(output);
                }
                case Reply.Refused<O>(var fault)
                when done.contains(fault.code()) -> {
                    return Optional.empty();
                }
                case Reply.Refused<O>(var fault) -> {
                    simulation.fail("a right request is answered", operation.name() + ": " + fault);
                    throw fault;
                }
                case Reply.Lost<O> lost -> cloud.sleep(Duration.ofSeconds(1));
            }
        }
    }
}
