package virga.reviewer.rules;

import java.time.LocalDate;

/**
 * A finding that somebody has decided to live with, for a while.
 *
 * @param rule the rule's number
 * @param resource the logical id, or the name as findings show it; {@code *} at its end stands for anything
 * @param until the last day on which it holds
 * @param place file and line, or the template's, for messages
 */
record Suppression(int rule, String resource, String reason, LocalDate until, String place) {
    boolean concerns(Finding finding) {
        return finding.rule().number() == rule
                && (matches(finding.subject().name())
                        || matches(finding.subject().declared()));
    }

    private boolean matches(String name) {
        return resource.endsWith("*")
                ? name.startsWith(resource.substring(0, resource.length() - 1))
                : resource.equals(name);
    }

    boolean expired(LocalDate today) {
        return today.isAfter(until);
    }
}
