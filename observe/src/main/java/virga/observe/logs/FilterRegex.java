package virga.observe.logs;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression between percent signs, in the part of the syntax that CloudWatch takes: no groups, ASCII only, few symbols.
 *
 * @param source as written
 */
record FilterRegex(String source, Pattern pattern) {
    private static final String SYMBOLS = "_#=@/;,- ";
    private static final String OPERATORS = "^$?[]{}|\\*+.";

    /** @throws virga.kernel.Fault {@code InvalidParameterException} */
    static FilterRegex parse(String source) {
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            boolean escaped = i > 0 && source.charAt(i - 1) == '\\';
            boolean known =
                    c < 128 && Character.isLetterOrDigit(c) || SYMBOLS.indexOf(c) >= 0 || OPERATORS.indexOf(c) >= 0;
            if (!known && !escaped) {
                throw LogFaults.invalid("Invalid filter pattern: '" + c + "' is not supported in a regular expression");
            }
        }
        try {
            return new FilterRegex(source, Pattern.compile(source));
        } catch (PatternSyntaxException e) {
            throw LogFaults.invalid(
                    "Invalid filter pattern: " + e.getDescription() + " in the regular expression " + source);
        }
    }

    boolean finds(String text) {
        return pattern.matcher(text).find();
    }
}
