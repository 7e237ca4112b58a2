package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.kernel.CallRecord;
import virga.observe.json.Json;
import virga.reviewer.rules.Observed.Recorded;

/** Rule 60, its recorded part: what a function's role allows and no recorded event of the function needed. */
final class UnusedPermission implements RecordRule {
    private static final Rule RULE = WildcardPermission.RULE.with(Rule.Severity.NOTE);

    /** What Lambda itself does with the role, for logs, traces and event sources: no record is the function's own. */
    private static final Set<String> LAMBDAS_OWN = Set.of(
            "logs",
            "xray",
            "sqs:receivemessage",
            "sqs:deletemessage",
            "sqs:getqueueattributes",
            "dynamodb:getrecords",
            "dynamodb:getsharditerator",
            "dynamodb:describestream",
            "dynamodb:liststreams");

    /** Actions that other operations take. Source: "Actions, resources, and condition keys", Service Authorization Reference. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "sqs:sendmessagebatch", Set.of("sqs:sendmessage"),
            "lambda:invoke", Set.of("lambda:invokefunction"),
            "s3:headobject", Set.of("s3:getobject"),
            "s3:listobjectsv2", Set.of("s3:listbucket"),
            "dynamodb:transactwriteitems",
                    Set.of(
                            "dynamodb:putitem",
                            "dynamodb:updateitem",
                            "dynamodb:deleteitem",
                            "dynamodb:conditioncheckitem"),
            "dynamodb:transactgetitems", Set.of("dynamodb:getitem"));

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Observed observed) {
        Map<String, Set<String>> used = new TreeMap<>();
        Map<String, Recorded> seen = new TreeMap<>();
        Map<String, Integer> events = new TreeMap<>();
        for (Recorded each : observed.records()) {
            String role = role(each.record().principal());
            if (each.record().kind() == CallRecord.Kind.INVOCATION) {
                events.merge(role, 1, Integer::sum);
                seen.put(role, each);
            } else if (each.byFunction()) {
                String operation =
                        (each.record().service() + ":" + each.record().operation()).toLowerCase(Locale.ROOT);
                used.computeIfAbsent(role, unused -> new TreeSet<>())
                        .addAll(ACTIONS.getOrDefault(operation, Set.of(operation)));
            }
        }
        List<Finding> findings = new ArrayList<>();
        seen.forEach((role, last) -> {
            List<String> needless = new ArrayList<>();
            allowed(observed.policies().getOrDefault(role, List.of())).stream()
                    .filter(action -> !serves(action, used.getOrDefault(role, Set.of())))
                    .forEach(needless::add);
            if (!needless.isEmpty()) {
                findings.add(finding(
                        StaleRead.sessionName(last.record().principal()),
                        "its role allows %s, which none of %d recorded events needed"
                                .formatted(String.join(", ", needless), events.get(role)),
                        last.record().cause().traceId()));
            }
        });
        return findings;
    }

    /** Whether an action, with or without a wildcard, stands for one that was used, or for Lambda's own. */
    private static boolean serves(String allowed, Set<String> used) {
        String action = allowed.toLowerCase(Locale.ROOT);
        String service = action.split(":")[0];
        if (LAMBDAS_OWN.contains(service) || LAMBDAS_OWN.contains(action)) {
            return true;
        }
        String pattern = action.replace(".", "\\.").replace("*", ".*").replace("?", ".");
        return used.stream().anyMatch(each -> each.matches(pattern));
    }

    private static Set<String> allowed(List<Json> policies) {
        Set<String> actions = new TreeSet<>();
        for (Json policy : policies) {
            Json statements = Template.at(policy, "Statement").orElse(new Json.Null());
            List<Json.Structure> all =
                    statements instanceof Json.Structure one ? List.of(one) : Template.structures(statements);
            for (Json.Structure statement : all) {
                if (new Json.Text("Allow").equals(statement.fields().get("Effect"))) {
                    add(statement.fields().getOrDefault("Action", new Json.Null()), actions);
                }
            }
        }
        return actions;
    }

    private static void add(Json json, Set<String> actions) {
        switch (json) {
            case Json.Text text -> actions.add(text.value());
            case Json.Array array -> array.elements().forEach(element -> add(element, actions));
            case Json other -> {
                // NotAction: what is allowed has no end.
            }
        }
    }

    /** The role of {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}. */
    private static String role(String principal) {
        String[] parts = principal.split("/");
        return parts.length == 3 ? parts[1] : principal;
    }
}
