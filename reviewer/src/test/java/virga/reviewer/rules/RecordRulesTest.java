package virga.reviewer.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Details;
import virga.kernel.Scope;
import virga.observe.json.Json;
import virga.reviewer.rules.Observed.Recorded;

/** Each story of records beside what the rules should say of it. Records start 100 ms apart unless they say {@code at}. */
class RecordRulesTest {
    private static final Json.Structure NOTHING = new Json.Structure(new LinkedHashMap<>());

    @TestFactory
    Stream<DynamicTest> records() {
        return CasePairs.of(
                "records",
                (name, text) -> lines(observed((Json.Structure) Json.parse(text).orElseThrow())));
    }

    private static String lines(Observed observed) {
        return RecordRules.check(observed).stream()
                .map(finding -> "%d %s %s: %s [%s]%n"
                        .formatted(
                                finding.rule().number(),
                                finding.rule().severity(),
                                finding.resource(),
                                finding.sentence(),
                                finding.traceId()))
                .collect(Collectors.joining());
    }

    private static Observed observed(Json.Structure story) {
        List<Recorded> records = new ArrayList<>();
        for (Json.Structure each : Template.structures(story.fields().get("records"))) {
            records.add(new Recorded(record(each, records.size()), input(each)));
        }
        Map<String, List<Json>> policies = new TreeMap<>();
        if (story.fields().get("policies") instanceof Json.Structure roles) {
            roles.fields()
                    .forEach((role, documents) -> policies.put(role, List.copyOf(Template.structures(documents))));
        }
        return new Observed(records, policies);
    }

    private static Json.Structure input(Json.Structure each) {
        return each.fields().getOrDefault("input", NOTHING) instanceof Json.Structure input ? input : NOTHING;
    }

    private static CallRecord record(Json.Structure each, int index) {
        String function = text(each, "by", "work");
        boolean invocation = each.fields().containsKey("invocation");
        String[] call = text(each, "call", "lambda:Invocation").split(":");
        TreeMap<String, String> details = new TreeMap<>();
        if (each.fields().containsKey("denied")) {
            details.put(Details.WOULD_BE_DENIED, text(each, "denied", ""));
        }
        long millis = Long.parseLong(text(each, "at", Integer.toString(index * 100)));
        Cause cause = new Cause(
                text(each, "trace", "1-0-a"),
                invocation ? "message" : text(each, "within", "i1"),
                invocation ? "sqs" : text(each, "via", "invocation"));
        return new CallRecord(
                invocation ? text(each, "invocation", "") : "r" + index,
                invocation ? CallRecord.Kind.INVOCATION : CallRecord.Kind.CALL,
                new Scope("default", "000000000000", "us-east-1"),
                "arn:aws:sts::000000000000:assumed-role/" + function + "Role/" + function,
                List.of(cause),
                call[0],
                call[1],
                List.of(text(each, "resource", "arn:aws:dynamodb:us-east-1:000000000000:table/orders")),
                Instant.EPOCH.plusMillis(millis),
                1,
                text(each, "outcome", "ok"),
                200,
                Bytes.EMPTY,
                Bytes.EMPTY,
                0,
                details);
    }

    private static String text(Json.Structure each, String name, String fallback) {
        return each.fields().get(name) instanceof Json.Text text ? text.value() : fallback;
    }
}
