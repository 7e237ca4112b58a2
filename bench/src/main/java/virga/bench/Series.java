package virga.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One thing measured of one contender, round by round. */
public final class Series {
    private final Unit unit;
    private final List<Round> rounds = new ArrayList<>();

    Series(Unit unit) {
        this.unit = unit;
    }

    public void add(Round round) {
        rounds.add(round);
    }

    Unit unit() {
        return unit;
    }

    int count() {
        return rounds.stream().mapToInt(round -> round.samples().size()).sum();
    }

    /** Of all samples of all rounds, by nearest rank: 0.5 is the median, 1 the largest. */
    double quantile(double rank) {
        return quantile(rounds.stream().flatMap(round -> round.samples().stream()), rank);
    }

    /** The median of the rounds' rates; 0 where none was measured. */
    double perSecond() {
        return median(Round::perSecond);
    }

    /** The median of what the rounds tell of the server's work for one call; 0 where that was not measured. */
    double processorNanos() {
        return median(Round::processorNanos);
    }

    /**
     * How many times {@code reference}'s median this one's is: the median of the rounds' own quotients, so that a disturbance that
     * outlasts one round of both counts for little.
     */
    double ratioTo(Series reference) {
        List<Double> quotients = new ArrayList<>();
        for (int i = 0; i < Math.min(rounds.size(), reference.rounds.size()); i++) {
            quotients.add(middle(rounds.get(i)) / middle(reference.rounds.get(i)));
        }
        return quotients.stream()
                .sorted()
                .skip(quotients.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double middle(Round round) {
        return quantile(round.samples().stream(), 0.5);
    }

    private double median(ToDoubleFunction<Round> part) {
        return rounds.stream()
                .mapToDouble(part)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElse(0);
    }

    private static double quantile(Stream<Long> samples, double rank) {
        long[] sorted = samples.mapToLong(Long::longValue).sorted().toArray();
        int place = (int) Math.ceil(rank * sorted.length) - 1;
        return sorted[Math.clamp(place, 0, sorted.length - 1)];
    }
}
