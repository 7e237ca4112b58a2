package virga.observe.logs;

import java.util.Optional;

/**
 * CloudWatch Logs' pattern language for filters: terms ({@code ERROR -timeout}, {@code ?WARN ?ERROR}, {@code "a phrase"}, {@code %regex%}),
 * conditions on JSON ({@code { $.status >= 500 && $.path = "/orders*" }}) and fields between blanks ({@code [ip, ..., status=4*]}).
 *
 * <p>Source: "Filter pattern syntax", CloudWatch Logs User Guide. Where the page is silent: a term matches anywhere in the message,
 * inside words too; a selector that is absent from a message meets no comparison, not even {@code !=}; text that is a number compares as one with a number; the last field between blanks takes
 * the rest of the line.
 */
public sealed interface FilterPattern permits TermsPattern, JsonPattern, DelimitedPattern {
    /** Lets everything through. */
    FilterPattern EVERYTHING = parse("");

    boolean matches(String message);

    /**
     * The value that {@code selector} names in a message, for metric filters: {@code $.latency} or {@code $bytes}. Empty where it names
     * none.
     */
    Optional<String> value(String message, String selector);

    /** @throws virga.kernel.Fault {@code InvalidParameterException} where {@code pattern} is not in the language */
    static FilterPattern parse(String pattern) {
        String trimmed = pattern.strip();
        if (trimmed.startsWith("{")) {
            return new JsonPatternParser(trimmed).parse();
        }
        if (trimmed.startsWith("[")) {
            return new DelimitedPatternParser(trimmed).parse();
        }
        return TermsPattern.parse(trimmed);
    }
}
