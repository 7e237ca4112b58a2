package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the smallest part of a batch that still shows a fault: by halves, then by leaving parts out that get smaller and smaller. */
final class Shrinking {
    /** Each takes as long as a replay with one schedule. */
    private static final int MOST_TRIES = 12;

    private final int all;
    private final Part replay;
    private Shrunk smallest = Shrunk.NOT;
    private int tries;

    /** Replays a part of the event. */
    @FunctionalInterface
    interface Part {
        /** The trials of the part with these records; empty where it does not show the fault. */
        List<Trial> showing(List<Integer> records) throws InterruptedException;
    }

    /** @param all how many records there are */
    Shrinking(int all, Part replay) {
        this.all = all;
        this.replay = replay;
    }

    Shrunk find() throws InterruptedException {
        List<Integer> current = IntStream.rangeClosed(1, all).boxed().toList();
        int parts = 2;
        while (current.size() > 1 && tries < MOST_TRIES) {
            List<Integer> smaller = smaller(current, Math.min(parts, current.size()));
            if (!smaller.isEmpty()) {
                current = smaller;
                parts = 2;
            } else if (parts >= current.size()) {
                break;
            } else {
                parts *= 2;
            }
        }
        return smallest;
    }

    /** One of {@code parts} parts, or what is left without one; empty where none shows the fault. */
    private List<Integer> smaller(List<Integer> current, int parts) throws InterruptedException {
        List<List<Integer>> candidates = new ArrayList<>();
        List<List<Integer>> rests = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = current.size() * i / parts;
            int to = current.size() * (i + 1) / parts;
            candidates.add(current.subList(from, to));
            List<Integer> rest = new ArrayList<>(current.subList(0, from));
            rest.addAll(current.subList(to, current.size()));
            rests.add(rest);
        }
        if (parts > 2) {
            candidates.addAll(rests);
        }
        for (List<Integer> candidate : candidates) {
            if (tries++ >= MOST_TRIES) {
                return List.of();
            }
            List<Trial> trials = replay.showing(candidate);
            if (!trials.isEmpty()) {
                smallest = new Shrunk(candidate, all, trials);
                return List.copyOf(candidate);
            }
        }
        return List.of();
    }
}
