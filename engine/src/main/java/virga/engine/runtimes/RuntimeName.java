package virga.engine.runtimes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS's runtime identifier taken apart: {@code nodejs24.x} is 24.0 of Node.js, {@code python3.14} is 3.14, {@code java8.al2} is 8.0.
 *
 * <p>Source: "Lambda runtimes", AWS Lambda Developer Guide.
 */
public record RuntimeName(String identifier, Family family, int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");

    /** Empty where the identifier is of no family that Virga runs. */
    public static Optional<RuntimeName> parse(String identifier) {
        for (Family family : Family.values()) {
            if (identifier.startsWith(family.prefix())) {
                Matcher version =
                        VERSION.matcher(identifier.substring(family.prefix().length()));
                if (family == Family.PROVIDED || !version.matches()) {
                    return family == Family.PROVIDED
                            ? Optional.of(new RuntimeName(identifier, family, 0, 0))
                            : Optional.empty();
                }
                int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
                return Optional.of(new RuntimeName(identifier, family, Integer.parseInt(version.group(1)), minor));
            }
        }
        return Optional.empty();
    }

    /** How far {@code interpreter} is from what was asked for; 0 is the very version. */
    int distance(Interpreter interpreter) {
        int minorMatters = family == Family.PYTHON ? Math.abs(interpreter.minor() - minor) : 0;
        return Math.abs(interpreter.major() - major) * 1000 + minorMatters;
    }
}
