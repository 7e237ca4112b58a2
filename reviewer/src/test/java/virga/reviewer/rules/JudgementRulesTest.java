package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import virga.observe.json.Json;
import virga.reviewer.replay.Difference;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Point;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Shrunk;
import virga.reviewer.replay.Trial;
import virga.reviewer.replay.Verdict;

/** What replays showed beside what the rules should say of it. */
class JudgementRulesTest {
    @TestFactory
    Stream<DynamicTest> judgements() {
        return CasePairs.of(
                "judgements",
                (name, text) ->
                        lines(judgement((Json.Structure) Json.parse(text).orElseThrow())));
    }

    private static String lines(Judgement judgement) {
        return JudgementRules.check(judgement).stream()
                .map(finding -> "%d %s %s: %s [%s]%n    would be refuted by %s%n"
                        .formatted(
                                finding.rule().number(),
                                finding.rule().severity(),
                                finding.resource(),
                                finding.sentence(),
                                finding.traceId(),
                                finding.rule().refutation()))
                .collect(Collectors.joining());
    }

    private static Judgement judgement(Json.Structure story) {
        List<Trial> trials = trials(story, "trials");
        List<Integer> records =
                texts(story, "records").stream().map(Integer::valueOf).toList();
        Shrunk shrunk = records.isEmpty()
                ? new Shrunk(List.of(), 0, List.of())
                : new Shrunk(records, Integer.parseInt(text(story, "of", "10")), trials(story, "smallest"));
        return new Judgement(
                "i-1",
                "1-0-a",
                "arn:aws:lambda:us-east-1:000000000000:function:" + text(story, "function", "ship"),
                1,
                verdict(story),
                text(story, "reason", ""),
                trials,
                shrunk);
    }

    private static List<Trial> trials(Json.Structure story, String name) {
        List<Trial> trials = new ArrayList<>();
        for (Json.Structure each : Template.structures(story.fields().get(name))) {
            String group = text(each, "differs", "");
            Set<String> makers = new TreeSet<>(Set.of(text(each, "by", "ship")));
            List<Difference> differences = group.isEmpty()
                    ? List.of()
                    : List.of(new Difference(
                            group,
                            1,
                            2,
                            "{}",
                            Difference.Change.valueOf(text(each, "change", "ADDED")),
                            "",
                            new TreeSet<>(makers)));
            String reason = differences.isEmpty()
                    ? "the same effects"
                    : differences.getFirst().sentence();
            trials.add(new Trial(
                    Schedule.of(text(each, "schedule", "a")).orElseThrow(),
                    new Point(text(each, "pointName", ""), text(each, "point", "")),
                    verdict(each),
                    differences,
                    reason));
        }
        return trials;
    }

    private static Verdict verdict(Json.Structure each) {
        String words = text(each, "verdict", "safe");
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.words().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(Json.Structure each, String name) {
        return each.fields().get(name) instanceof Json.Array array
                ? array.elements().stream()
                        .map(element -> ((Json.Text) element).value())
                        .toList()
                : List.of();
    }

    private static String text(Json.Structure each, String name, String fallback) {
        return each.fields().get(name) instanceof Json.Text text ? text.value() : fallback;
    }
}
