package virga.bench.contender;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import virga.bench.Section;

/**
 * Something that is measured, and how it is started.
 *
 * @param name as the table has it
 * @param services whose API it answers
 * @param command by the port it shall listen on
 * @param share of the calls that it is given, from 0 (exclusive) to 1: a slow one would make everyone wait
 */
public record Contender(String name, Set<Api> services, IntFunction<List<String>> command, double share) {
    /** The services that peers are compared by. */
    public enum Api {
        SQS,
        DYNAMODB
    }

    /**
     * Names it in {@code section} as one that could not be measured.
     *
     * @throws IOException {@code reason} where it is Virga: without that there is nothing to compare with
     */
    public void leaveOut(Section section, IOException reason) throws IOException {
        if (name.startsWith("Virga")) {
            throw reason;
        }
        section.note("Skipped: " + name + ". "
                + reason.getMessage().lines().findFirst().orElse("It could not be started."));
    }

    /** Its part of {@code calls}. */
    public int calls(int calls) {
        return Math.max(1, (int) (calls * share));
    }
}
