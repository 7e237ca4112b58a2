package virga.reviewer.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.reviewer.replay.Judgement;

/** All rules that a replayed event may break. */
public final class JudgementRules {
    private JudgementRules() {}

    public static List<Finding> check(Judgement judgement) {
        return Stream.of(NotIdempotent.of(judgement), StaleEffect.of(judgement))
                .flatMap(Optional::stream)
                .toList();
    }
}
