package virga.services.ssm;

import java.util.Locale;
import virga.cloud.Faults;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.ssm.HierarchyLevelLimitExceededException;

/**
 * A parameter as requests name it: its name or ARN, and for reading a version number or label behind a colon.
 *
 * <p>Source: "Requirements and constraints for parameter names", AWS Systems Manager User Guide.
 *
 * @param selector {@code :3} or {@code :label} as it was written, or empty
 */
record ParameterName(String name, String selector) {
    /** For reading. */
    static ParameterName read(Call call, String written) {
        String text = written;
        String slash = "";
        if (Arn.isArn(written)) {
            Arn arn = Arn.parse(written);
            if (!arn.account().equals(call.account()) || !arn.region().equals(call.region())) {
                throw Fault.unsupported("parameters shared by another account or region: " + written);
            }
            text = arn.resource().replaceFirst("^parameter/", "");
            // The ARN of a hierarchical parameter has swallowed the leading slash.
            slash = text.contains("/") ? "/" : "";
        }
        int colon = text.indexOf(':');
        String name = slash + (colon < 0 ? text : text.substring(0, colon));
        if (name.startsWith("/aws/service/")) {
            throw Fault.unsupported("the public parameter " + name);
        }
        return new ParameterName(name, colon < 0 ? "" : text.substring(colon));
    }

    /** For writing: without selector, and as the rules have it. */
    static String checked(Call call, String written, int levels) {
        ParameterName parsed = read(call, written);
        String name = parsed.name;
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("/aws/") || lower.equals("/aws")) {
            throw new Fault("AccessDeniedException", 400, "No access to reserved parameter name: " + name + ".");
        }
        if (lower.startsWith("aws")
                || lower.startsWith("ssm")
                || lower.startsWith("/aws")
                || lower.startsWith("/ssm")) {
            boolean path = name.startsWith("/");
            throw Faults.validation(
                    path
                            ? "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of"
                                    + " sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the"
                                    + " following 3 symbols .-_"
                            : "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
        }
        if (name.contains("/") && !name.startsWith("/")) {
            throw Faults.validation("Parameter name must be a fully qualified name.");
        }
        if (!parsed.selector.isEmpty() || !name.matches("/?[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*")) {
            throw Faults.validation(
                    "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can"
                            + " consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the"
                            + " following 3 symbols .-_");
        }
        if (name.chars().filter(c -> c == '/').count() > levels) {
            throw new HierarchyLevelLimitExceededException("Hierarchy depth of "
                    + name.chars().filter(c -> c == '/').count() + " exceeds the maximum of " + levels + ".");
        }
        return name;
    }

    /** The ARN of the parameter that a request names. */
    static String named(Call call, String written) {
        return arn(call, read(call, written).name);
    }

    static String arn(Call call, String name) {
        return Arn.of("ssm", call.scope(), "parameter/" + (name.startsWith("/") ? name.substring(1) : name))
                .toString();
    }
}
