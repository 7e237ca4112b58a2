package virga.services.cloudformation.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference that is resolved while a stack operation runs: {@code {{resolve:ssm:name:version}}} or
 * {@code {{resolve:secretsmanager:id:SecretString:key:stage:version}}}.
 *
 * <p>Source: "Get values stored in other services using dynamic references", AWS CloudFormation User Guide.
 *
 * @param service {@code ssm}, {@code ssm-secure} or {@code secretsmanager}
 * @param name the parameter's name, or the secret's name or ARN
 * @param version the parameter's version or the secret's version id; empty for the newest
 * @param key the key in the secret's JSON; empty for the whole
 * @param stage the secret's version stage; empty for AWSCURRENT
 */
public record DynamicReference(String service, String name, String version, String key, String stage) {
    private static final Pattern REFERENCE =
            Pattern.compile("\\{\\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)}}");

    /** {@code text} with every reference in it replaced by what {@code external} answers. */
    static String replaceIn(String text, ExternalValues external) {
        if (!text.contains("{{resolve:")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            DynamicReference reference = parse(matcher.group(1), matcher.group(2));
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(external.dynamic(reference)));
        }
        return matcher.appendTail(replaced).toString();
    }

    private static DynamicReference parse(String service, String rest) {
        if (!service.equals("secretsmanager")) {
            int colon = rest.lastIndexOf(':');
            boolean versioned = colon > 0 && rest.substring(colon + 1).matches("\\d+");
            return new DynamicReference(
                    service,
                    versioned ? rest.substring(0, colon) : rest,
                    versioned ? rest.substring(colon + 1) : "",
                    "",
                    "");
        }
        String[] parts = rest.split(":", -1);
        int at = rest.startsWith("arn:") ? 7 : 1;
        if (parts.length < at) {
            throw TemplateErrors.validation("Incorrect format is used in the following SSM reference: [" + rest + "]");
        }
        String name = String.join(":", java.util.Arrays.copyOfRange(parts, 0, at));
        if (parts.length > at && !parts[at].isEmpty() && !parts[at].equals("SecretString")) {
            throw TemplateErrors.validation(
                    "Only SecretString is supported for secretsmanager dynamic references: " + rest);
        }
        return new DynamicReference(service, name, part(parts, at + 3), part(parts, at + 1), part(parts, at + 2));
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }
}
