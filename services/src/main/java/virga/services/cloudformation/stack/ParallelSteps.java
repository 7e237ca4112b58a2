package virga.services.cloudformation.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import virga.kernel.Bug;
import virga.kernel.Threads;
import virga.services.cloudformation.template.DependencyGraph;

/** Takes the steps of a graph, each after those it needs and beside those it does not. After a failure no new step begins. */
final class ParallelSteps {
    /** One step: done, or failed with a reason. Faults are the step's own business; an exception is a bug. */
    @FunctionalInterface
    interface Step {
        Outcome take(String name) throws InterruptedException;
    }

    sealed interface Outcome {
        Outcome DONE = new Done();

        record Done() implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    private record Finished(String name, Outcome outcome, boolean broken) {}

    private static final Outcome NOTHING = new Outcome.Failed("");

    private final Threads threads;
    private final DependencyGraph graph;
    private final Step step;
    private final LinkedBlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private final Map<String, Thread> running = new HashMap<>();

    ParallelSteps(Threads threads, DependencyGraph graph, Step step) {
        this.threads = threads;
        this.graph = graph;
        this.step = step;
    }

    /** The reasons of the steps that failed, by name; empty where every step was done. */
    Map<String, String> run() throws InterruptedException {
        Set<String> begun = new HashSet<>();
        Set<String> done = new HashSet<>();
        Map<String, String> failed = new LinkedHashMap<>();
        try {
            begin(begun, done);
            while (!running.isEmpty()) {
                Finished next = finished.take();
                running.remove(next.name());
                if (next.broken()) {
                    throw new Bug("the step of resource " + next.name() + " broke");
                }
                switch (next.outcome()) {
                    case Outcome.Done() -> done.add(next.name());
                    case Outcome.Failed(String reason) -> failed.put(next.name(), reason);
                }
                if (failed.isEmpty()) {
                    begin(begun, done);
                }
            }
            return failed;
        } finally {
            end();
        }
    }

    private void begin(Set<String> begun, Set<String> done) {
        graph.needs().forEach((name, needs) -> {
            if (!begun.contains(name) && done.containsAll(needs)) {
                begun.add(name);
                running.put(name, threads.start("stack-resource-" + name, () -> take(name)));
            }
        });
    }

    private void take(String name) {
        Outcome outcome = NOTHING;
        boolean broken = true;
        try {
            outcome = step.take(name);
            broken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finished.add(new Finished(name, outcome, broken));
        }
    }

    private void end() throws InterruptedException {
        List<Thread> left = new ArrayList<>(running.values());
        left.forEach(Thread::interrupt);
        for (Thread thread : left) {
            thread.join();
        }
    }
}
