package virga.bench;

import java.io.IOException;

/** Something to measure, by a name that {@code ./dev bench NAME} takes. */
public interface Benchmark {
    String name();

    /** What is measured, in one line for a list. */
    String describe();

    /**
     * Measures into {@code section}: the conditions in words, the numbers, and what was left out and why.
     *
     * @throws IOException where a process can not be started or answers no more
     */
    void run(Bench bench, Section section) throws IOException, InterruptedException;
}
