package virga.reviewer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.kernel.Plural;
import virga.observe.json.Json;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Trial;
import virga.reviewer.rules.Finding;
import virga.reviewer.rules.Rule;
import virga.reviewer.rules.Suppressions;

/**
 * What a review found.
 *
 * @param findings the worst first
 * @param judgements the events that were replayed, and what came of it
 * @param suppressed findings that somebody decided to live with, each with the reason
 * @param notes what could not be looked at, and why
 */
public record Report(List<Finding> findings, List<Judgement> judgements, List<String> suppressed, List<String> notes) {
    public Report {
        findings = List.copyOf(findings);
        judgements = List.copyOf(judgements);
        suppressed = List.copyOf(suppressed);
        notes = List.copyOf(notes);
    }

    static Report of(List<Finding> found, List<Judgement> judgements, Suppressions suppressions, LocalDate today) {
        Suppressions.Applied applied = suppressions.apply(found, today);
        List<Finding> ordered = new ArrayList<>(applied.findings());
        ordered.sort(Comparator.comparing((Finding finding) -> finding.rule().severity())
                .reversed()
                .thenComparing(finding -> finding.rule().number()));
        return new Report(ordered, judgements, applied.suppressed(), applied.notes());
    }

    Report noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Report(findings, judgements, suppressed, all);
    }

    /** Whether anything in it is an error: then a command that reviews fails. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.rule().severity() == Rule.Severity.ERROR);
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
            if (!finding.subject().location().isEmpty()) {
                text.append("        at ").append(finding.subject().location()).append('\n');
            }
            if (!finding.traceId().isEmpty()) {
                text.append("        trace ").append(finding.traceId()).append('\n');
            }
            text.append("        would be refuted by ")
                    .append(finding.rule().refutation())
                    .append('\n');
            text.append("        ").append(finding.rule().question()).append('\n');
            text.append("        see ").append(finding.rule().guide()).append('\n');
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
        suppressed.forEach(each -> text.append("suppressed: ").append(each).append('\n'));
        if (!judgements.isEmpty()) {
            text.append(
                    "note: connections to addresses outside Virga are noticed in Node.js and Python, not in other runtimes;"
                            + " replays make them for real\n");
        }
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        text.append("%n%s, %s replayed%n"
                .formatted(Plural.of(findings.size(), "finding"), Plural.of(judgements.size(), "event")));
        return text.toString();
    }

    public Json json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("findings", findings.stream().map(Finding::json).toList());
        fields.put("replays", judgements.stream().map(Report::json).toList());
        fields.put("errors", hasErrors());
        fields.put("text", text());
        fields.put("suppressed", suppressed);
        fields.put("notes", notes);
        return Json.of(fields);
    }

    /** One replay for people. */
    public static String text(Judgement judgement) {
        StringBuilder text = new StringBuilder(judgement.sentence()).append('\n');
        for (Trial trial : judgement.trials()) {
            text.append("  %s %-28s %-18s %s%n"
                    .formatted(
                            trial.schedule().letter(),
                            trial.schedule().words(),
                            trial.verdict().words(),
                            trial.point().isEmpty() ? trial.reason() : trial.point() + ": " + trial.reason()));
        }
        return text.append("again: ").append(judgement.command()).append('\n').toString();
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
        fields.put("fault", judgement.verdict().isFault());
        fields.put("text", text(judgement));
        fields.put("records", judgement.shrunk().records());
        fields.put(
                "trials",
                judgement.trials().stream()
                        .map(trial -> Map.of(
                                "schedule",
                                trial.schedule().letter(),
                                "point",
                                trial.point(),
                                "pointName",
                                trial.at().name(),
                                "verdict",
                                trial.verdict().words(),
                                "reason",
                                trial.reason()))
                        .map(java.util.TreeMap::new)
                        .toList());
        return Json.of(fields);
    }
}
