package virga.reviewer.rules;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.observe.json.Json;
import virga.reviewer.rules.Observed.Recorded;

/**
 * Rule 20: what follows from a write reads the item again without asking for a consistent read. On AWS the answer may be the item as
 * it was before. Source: "DynamoDB read consistency", Amazon DynamoDB Developer Guide.
 */
final class StaleRead implements RecordRule {
    static final Rule RULE = new Rule(
            20,
            "reads its own write through an eventually consistent path",
            Rule.Severity.WARNING,
            Question.RESILIENCY,
            Rule.guide("stale-read"),
            "a reader that does as well with the item as it was before the write");

    /** Later reads see the write, in practice. Source: the same page: "typically a second or less". */
    private static final Duration WINDOW = Duration.ofSeconds(1);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Observed observed) {
        Map<String, Recorded> written = new LinkedHashMap<>();
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Recorded each : observed.records()) {
            if (!each.byFunction()
                    || each.record().failed()
                    || !each.record().service().equals("dynamodb")) {
                continue;
            }
            String table = table(each);
            switch (each.record().operation()) {
                case "PutItem" -> written.put(lineage(each, table), each);
                case "UpdateItem", "DeleteItem" -> written.put(lineage(each, table + key(each)), each);
                case "GetItem" -> {
                    Recorded before = written.get(lineage(each, table + key(each)));
                    look(each, before == null ? putOf(written, each, table) : before, table, found);
                }
                case "Query", "Scan" -> look(each, anyOf(written, each, table), table, found);
                default -> {
                    // Neither writes one item nor reads one.
                }
            }
        }
        return List.copyOf(found.values());
    }

    private void look(Recorded read, Recorded write, String table, Map<String, Finding> found) {
        boolean consistent = read.input().fields().get("ConsistentRead") instanceof Json.Truth truth && truth.value();
        boolean soon = write != null
                && !read.record().startedAt().isAfter(write.record().startedAt().plus(WINDOW));
        if (consistent || !soon) {
            return;
        }
        String index = read.text("IndexName").isEmpty() ? "" : " through its index " + read.text("IndexName");
        found.putIfAbsent(
                table + read.record().principal(),
                finding(
                        sessionName(read.record().principal()),
                        "reads %s%s (%s) within a second after a %s that it follows from, without ConsistentRead"
                                .formatted(
                                        table,
                                        index,
                                        read.record().operation(),
                                        write.record().operation()),
                        read.record().cause().traceId()));
    }

    /** A put that holds the key's attributes. */
    private static Recorded putOf(Map<String, Recorded> written, Recorded read, String table) {
        Recorded put = written.get(lineage(read, table));
        if (put == null
                || !(put.input().fields().get("Item") instanceof Json.Structure item)
                || !(read.input().fields().get("Key") instanceof Json.Structure key)) {
            return null;
        }
        return item.fields().entrySet().containsAll(key.fields().entrySet()) ? put : null;
    }

    private static Recorded anyOf(Map<String, Recorded> written, Recorded read, String table) {
        return written.entrySet().stream()
                .filter(each -> each.getKey().startsWith(lineage(read, table)))
                .map(Map.Entry::getValue)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    private static String lineage(Recorded each, String what) {
        return each.record().cause().traceId() + " " + what;
    }

    private static String key(Recorded each) {
        Json key = each.input().fields().get("Key");
        return key == null ? "" : " " + key.text();
    }

    private static String table(Recorded each) {
        String named = each.text("TableName");
        return Arn.isArn(named) ? Arn.parse(named).name() : named;
    }

    /** Lambda names a worker's session after its function. */
    static String sessionName(String principal) {
        return principal.substring(principal.lastIndexOf('/') + 1);
    }
}
