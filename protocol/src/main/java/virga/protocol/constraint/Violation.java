package virga.protocol.constraint;

import virga.model.Member;

/**
 * One constraint that one value does not satisfy.
 *
 * @param path to the value, as AWS writes it: {@code keySchema.1.member.attributeName}
 * @param member whose value it is
 * @param value as AWS shows it: in quotes, {@code null}, or empty for what is secret
 * @param rule as in {@code Member must not be null}
 */
public record Violation(Kind kind, String path, Member member, String value, String rule) {
    /** What kind of constraint. */
    public enum Kind {
        NULL,
        LENGTH,
        RANGE,
        PATTERN,
        ENUM,
        /** An element of a list, or a key or value of a map. */
        ELEMENT
    }

    /** {@code Value 'x' at 'queueName' failed to satisfy constraint: ...} */
    public String text() {
        return "Value " + (value.isEmpty() ? "" : value + " ") + "at '" + path + "' failed to satisfy constraint: "
                + rule;
    }
}
