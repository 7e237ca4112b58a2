package virga.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    @Test
    void quantilesAreOfAllSamplesByNearestRank() {
        Series series = series(LongStream.rangeClosed(1, 50), LongStream.rangeClosed(51, 100));
        assertThat(series.quantile(0.5)).isEqualTo(50);
        assertThat(series.quantile(0.99)).isEqualTo(99);
        assertThat(series.quantile(1)).isEqualTo(100);
        assertThat(series.count()).isEqualTo(100);
    }

    @Test
    void oneDisturbedRoundDoesNotMoveTheRatio() {
        Series reference = series(LongStream.of(10), LongStream.of(1_000), LongStream.of(10));
        Series other = series(LongStream.of(20), LongStream.of(1_100), LongStream.of(20));
        assertThat(other.ratioTo(reference)).isEqualTo(2);
    }

    @Test
    void ratesAreTheMedianOfTheRounds() {
        Series series = new Series(Unit.NANOSECONDS);
        series.add(new Round(List.of(1L), 100, 7));
        series.add(new Round(List.of(1L), 5, 9));
        series.add(new Round(List.of(1L), 110, 8));
        assertThat(series.perSecond()).isEqualTo(100);
        assertThat(series.processorNanos()).isEqualTo(8);
    }

    @Test
    void aRoundWithoutSamplesIsRefused() {
        assertThatThrownBy(() -> Round.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Series series(LongStream... rounds) {
        Series series = new Series(Unit.NANOSECONDS);
        for (LongStream round : rounds) {
            series.add(Round.of(round.boxed().toList()));
        }
        return series;
    }
}
