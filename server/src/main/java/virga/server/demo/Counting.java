package virga.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import virga.kernel.Plural;
import virga.model.cloudformation.StackEvent;
import virga.server.cli.Terminal;
import virga.server.deploy.Deployment;

/** Shows a deployment in one line that changes while it goes on; what failed has a line of its own, and the end one sum of all. */
final class Counting implements Deployment.Listener {
    private static final Map<String, String> NOUNS = nouns();

    private final Terminal terminal;
    private final String stack;
    private final SortedSet<String> underWay = new TreeSet<>();
    private final Map<String, String> typesDone = new LinkedHashMap<>();
    private Instant began = Instant.MAX;
    private Instant ended = Instant.MIN;

    Counting(Terminal terminal, String stack) {
        this.terminal = terminal;
        this.stack = stack;
    }

    private static Map<String, String> nouns() {
        Map<String, String> nouns = new LinkedHashMap<>();
        nouns.put("AWS::Lambda::Function", "function");
        nouns.put("AWS::DynamoDB::Table", "table");
        nouns.put("AWS::SQS::Queue", "queue");
        nouns.put("AWS::ApiGatewayV2::Api", "HTTP API");
        nouns.put("AWS::Events::Rule", "rule");
        return nouns;
    }

    @Override
    public void note(String line) {
        terminal.passing("  " + line);
    }

    @Override
    public void event(StackEvent event) {
        String status = event.resourceStatus().orElse("");
        String id = event.logicalResourceId().orElse("");
        Instant at = event.timestamp().orElse(Instant.EPOCH);
        began = began.isBefore(at) ? began : at;
        ended = ended.isAfter(at) ? ended : at;
        if (id.equals(stack)) {
            return;
        }
        if (status.endsWith("_FAILED")) {
            terminal.line("  " + terminal.red("✗ " + id) + "  "
                    + event.resourceStatusReason().orElse(""));
        }
        if (status.endsWith("_IN_PROGRESS")) {
            underWay.add(id);
        } else {
            underWay.remove(id);
            typesDone.put(id, event.resourceType().orElse(""));
        }
        terminal.passing("  " + Plural.of(typesDone.size(), "resource") + " done"
                + (underWay.isEmpty() ? "" : ", under way: " + String.join(", ", underWay)));
    }

    /** {@code 5 functions, 3 tables, 16 others in 4.2 s}. */
    String sum() {
        Map<String, Integer> counts = new TreeMap<>();
        typesDone.values().forEach(type -> counts.merge(NOUNS.getOrDefault(type, "other"), 1, Integer::sum));
        int others = counts.getOrDefault("other", 0);
        String words = NOUNS.values().stream()
                .filter(counts::containsKey)
                .map(noun -> Plural.of(counts.get(noun), noun))
                .collect(Collectors.joining(", "));
        return Plural.of(typesDone.size(), "resource") + " in " + Figures.of(Duration.between(began, ended)) + ": "
                + words + (others == 0 ? "" : ", " + Plural.of(others, "other"));
    }
}
