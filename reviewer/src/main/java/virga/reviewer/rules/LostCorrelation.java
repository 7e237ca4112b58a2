package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.kernel.CallRecord;
import virga.observe.json.Json;
import virga.reviewer.rules.Observed.Recorded;

/** Rule 44: an event came with an id by which its story can be followed, and what the function sends on does not carry it. */
final class LostCorrelation implements RecordRule {
    private static final Rule RULE = new Rule(
            44,
            "trace or correlation id lost at a hop",
            Rule.Severity.WARNING,
            Question.HEALTH,
            Rule.guide("lost-correlation"),
            "a receiver that finds the story by an id under another name");

    /** How ids are called, without case, dashes and underscores. A gateway's own trace header is not the sender's. */
    private static final Set<String> NAMES =
            Set.of("correlationid", "xcorrelationid", "traceparent", "awstraceheader", "xrequestid", "conversationid");

    private static final Set<String> SENDING = Set.of(
            "sqs:SendMessage",
            "sqs:SendMessageBatch",
            "events:PutEvents",
            "sns:Publish",
            "lambda:Invoke",
            "states:StartExecution");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Observed observed) {
        Map<String, Recorded> invocations = new LinkedHashMap<>();
        Map<String, Finding> found = new LinkedHashMap<>();
        observed.records().stream()
                .filter(each -> each.record().kind() == CallRecord.Kind.INVOCATION)
                .forEach(each -> invocations.put(each.record().id(), each));
        for (Recorded each : observed.records()) {
            String operation = each.record().service() + ":" + each.record().operation();
            Recorded invocation = invocations.get(each.record().cause().parentId());
            if (!each.byFunction() || !SENDING.contains(operation) || invocation == null) {
                continue;
            }
            List<Map.Entry<String, String>> ids = new ArrayList<>();
            collect(invocation.input(), ids);
            String sent = each.input().text();
            Optional<Map.Entry<String, String>> lost =
                    ids.isEmpty() || ids.stream().anyMatch(id -> sent.contains(id.getValue()))
                            ? Optional.empty()
                            : Optional.of(ids.getFirst());
            lost.ifPresent(id -> found.putIfAbsent(
                    each.record().principal() + operation,
                    finding(
                            StaleRead.sessionName(each.record().principal()),
                            "was given %s %s, and what it hands to %s does not carry it"
                                    .formatted(id.getKey(), id.getValue(), operation),
                            each.record().cause().traceId())));
        }
        return List.copyOf(found.values());
    }

    /** Ids at any depth, in JSON that stands in texts too. */
    private static void collect(Json json, List<Map.Entry<String, String>> ids) {
        switch (json) {
            case Json.Structure structure ->
                structure.fields().forEach((name, value) -> {
                    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
                    if (NAMES.contains(plain) && text(value).isPresent()) {
                        ids.add(Map.entry(name, text(value).get()));
                    }
                    collect(value, ids);
                });
            case Json.Array array -> array.elements().forEach(element -> collect(element, ids));
            case Json.Text text ->
                Json.parse(text.value())
                        .filter(inner -> inner instanceof Json.Structure || inner instanceof Json.Array)
                        .ifPresent(inner -> collect(inner, ids));
            case Json other -> {
                // Holds nothing.
            }
        }
    }

    /** A text, or that of a message attribute. */
    private static Optional<String> text(Json value) {
        if (value instanceof Json.Text text && !text.value().isBlank()) {
            return Optional.of(text.value());
        }
        return Template.at(value, "stringValue")
                .filter(Json.Text.class::isInstance)
                .map(inner -> ((Json.Text) inner).value());
    }
}
