package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Environments as a table. */
final class EnvironmentLines {
    private EnvironmentLines() {}

    static void show(Terminal terminal, JsonNode environments) {
        int longest = "environment".length();
        for (JsonNode environment : environments) {
            longest = Math.max(longest, environment.path("name").asText().length());
        }
        String columns = "%-" + longest + "s  %-12s  %-12s  %-20s  ";
        terminal.line(terminal.faint(
                columns.formatted("environment", "account", "region", "access key") + "policies, clock"));
        for (JsonNode environment : environments) {
            String clock = environment.path("frozen").asBoolean()
                    ? ", clock stands"
                    : environment.path("clockOffsetSeconds").asLong() == 0
                            ? ""
                            : ", clock +"
                                    + environment.path("clockOffsetSeconds").asLong() + " s";
            String fork = environment.path("forkedFrom").asText("");
            terminal.line((columns + "%s%s%s")
                    .formatted(
                            environment.path("name").asText(),
                            environment.path("accountId").asText(),
                            environment.path("region").asText(),
                            environment.path("accessKeyId").asText(),
                            environment.path("authorization").asText().toLowerCase(java.util.Locale.ROOT),
                            clock,
                            fork.isEmpty() ? "" : ", forked from " + fork));
        }
    }
}
