package virga.reviewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.observe.json.Json;
import virga.reviewer.replay.Judgement;
import virga.reviewer.rules.Finding;

/**
 * What a review found.
 *
 * @param judgements the events that were replayed, and what came of it
 * @param notes what could not be looked at, and why
 */
public record Report(List<Finding> findings, List<Judgement> judgements, List<String> notes) {
    public Report {
        findings = List.copyOf(findings);
        judgements = List.copyOf(judgements);
        notes = List.copyOf(notes);
    }

    /** For people, on a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("%-7s rule %d, %s: %s%n"
                    .formatted(
                            finding.rule().severity(),
                            finding.rule().number(),
                            finding.rule().name(),
                            finding.resource()));
            text.append("        ").append(finding.sentence()).append('\n');
            if (!finding.traceId().isEmpty()) {
                text.append("        trace ").append(finding.traceId()).append('\n');
            }
            text.append("        would be refuted by ")
                    .append(finding.rule().refutation())
                    .append('\n');
        }
        if (!judgements.isEmpty()) {
            text.append("\nReplayed events\n");
        }
        for (Judgement judgement : judgements) {
            text.append("  ")
                    .append(Arn.parse(judgement.functionArn()).name())
                    .append(": ")
                    .append(judgement.sentence())
                    .append('\n');
        }
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        text.append("%n%d findings, %d events replayed%n".formatted(findings.size(), judgements.size()));
        return text.toString();
    }

    public Json json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("findings", findings.stream().map(Finding::json).toList());
        fields.put("replays", judgements.stream().map(Report::json).toList());
        fields.put("notes", notes);
        return Json.of(fields);
    }

    /** One replay as JSON. */
    public static Json json(Judgement judgement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("invocationId", judgement.invocationId());
        fields.put("functionArn", judgement.functionArn());
        fields.put("verdict", judgement.verdict().words());
        fields.put("sentence", judgement.sentence());
        fields.put("seed", judgement.seed());
        fields.put("command", judgement.command());
        fields.put(
                "trials",
                judgement.trials().stream()
                        .map(trial -> Map.of(
                                "schedule",
                                trial.schedule().letter(),
                                "point",
                                trial.point(),
                                "verdict",
                                trial.verdict().words(),
                                "reason",
                                trial.reason()))
                        .map(java.util.TreeMap::new)
                        .toList());
        return Json.of(fields);
    }
}
