package virga.cloud.authorize;

import java.util.Optional;

/**
 * A text with wildcards and policy variables, as actions, resources and condition values have them.
 *
 * <p>Source: "IAM policy elements: Variables and tags" and "Resource: Using wildcards in resource ARNs", AWS IAM User Guide. A variable's
 * value is literal: a star in it is a star.
 */
final class Wildcard {
    /** Private use characters stand for the wildcards, so that values of variables cannot be taken for them. */
    private static final char MANY = '\uE000';

    private static final char ONE = '\uE001';

    private Wildcard() {}

    /**
     * {@code pattern} ready to be matched: variables replaced, wildcards marked. Empty where a variable has no value and no default: the
     * pattern then matches nothing.
     *
     * @param variables whether the policy's version knows variables
     */
    static Optional<String> prepare(String pattern, RequestContext context, boolean variables) {
        return resolve(pattern, context, variables, true);
    }

    /** As {@link #prepare}, where {@code *} and {@code ?} are ordinary characters. */
    static Optional<String> prepareLiteral(String text, RequestContext context, boolean variables) {
        return resolve(text, context, variables, false);
    }

    private static Optional<String> resolve(
            String pattern, RequestContext context, boolean variables, boolean wildcards) {
        StringBuilder prepared = new StringBuilder(pattern.length());
        int at = 0;
        while (at < pattern.length()) {
            int end = variables && pattern.startsWith("${", at) ? pattern.indexOf('}', at) : -1;
            if (end > 0) {
                Optional<String> value = value(pattern.substring(at + 2, end), context);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                prepared.append(value.get());
                at = end + 1;
            } else {
                char c = pattern.charAt(at++);
                prepared.append(!wildcards ? c : c == '*' ? MANY : c == '?' ? ONE : c);
            }
        }
        return Optional.of(prepared.toString());
    }

    private static Optional<String> value(String variable, RequestContext context) {
        if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
            return Optional.of(variable);
        }
        int comma = variable.indexOf(',');
        String key = (comma < 0 ? variable : variable.substring(0, comma)).strip();
        var values = context.values(key);
        if (values.size() == 1) {
            return Optional.of(values.getFirst());
        }
        return comma < 0
                ? Optional.empty()
                : Optional.of(unquoted(variable.substring(comma + 1).strip()));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Whether {@code text} matches a prepared pattern. */
    static boolean matches(String prepared, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < prepared.length() && prepared.charAt(p) == MANY) {
                star = p++;
                resume = t;
            } else if (p < prepared.length() && (prepared.charAt(p) == ONE || prepared.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < prepared.length() && prepared.charAt(p) == MANY) {
            p++;
        }
        return p == prepared.length();
    }

    /**
     * Whether an ARN matches a prepared pattern: each of the six parts on its own, so that a star does not reach over a colon before the
     * resource part. A pattern of fewer parts is matched as plain text.
     */
    static boolean matchesArn(String prepared, String arn) {
        String[] patterns = prepared.split(":", 6);
        String[] parts = arn.split(":", 6);
        if (patterns.length < 6 || parts.length < 6) {
            return matches(prepared, arn);
        }
        for (int i = 0; i < 6; i++) {
            if (!matches(patterns[i], parts[i])) {
                return false;
            }
        }
        return true;
    }
}
