package virga.reviewer.replay;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The smallest part of a batch that was found to show a fault still.
 *
 * @param records their positions in the batch, from 1; empty where the event is no batch, or nothing smaller shows it
 * @param of how many records the batch has
 * @param trials what that part showed; empty where there is none
 */
public record Shrunk(List<Integer> records, int of, List<Trial> trials) {
    static final Shrunk NOT = new Shrunk(List.of(), 0, List.of());

    public Shrunk {
        records = List.copyOf(records);
        trials = List.copyOf(trials);
    }

    /** For people; empty where it is not smaller. */
    String words() {
        return records.isEmpty()
                ? ""
                : "with record%s %s of %d alone".formatted(records.size() == 1 ? "" : "s", positions(), of);
    }

    /** As commands take it: {@code 2,5}. */
    String positions() {
        return records.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
