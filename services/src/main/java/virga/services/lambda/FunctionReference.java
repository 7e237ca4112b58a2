package virga.services.lambda;

import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Scope;

/**
 * How callers name a function: its name, a full ARN, or a partial one ({@code 123456789012:function:name}), each with a qualifier behind
 * a colon or beside it.
 *
 * @param qualifier a version, an alias, or empty
 */
record FunctionReference(Scope scope, String name, String qualifier) {
    /** @param caller in whose account and region a plain name is */
    static FunctionReference parse(Scope caller, String text, String qualifierBeside) {
        Scope scope = caller;
        String rest = text;
        if (Arn.isArn(text)) {
            Arn arn = Arn.parse(text);
            scope = new Scope(scope.environment(), arn.account(), arn.region());
            rest = arn.resource().startsWith("function:") ? arn.resource().substring("function:".length()) : "";
        } else if (text.contains(":function:")) {
            String before = text.substring(0, text.indexOf(":function:"));
            scope = scope.withAccount(before.substring(before.lastIndexOf(':') + 1));
            rest = text.substring(text.indexOf(":function:") + ":function:".length());
        }
        String[] parts = rest.split(":", 2);
        String behind = parts.length == 2 ? parts[1] : "";
        if (!behind.isEmpty() && !qualifierBeside.isEmpty() && !behind.equals(qualifierBeside)) {
            throw new Fault(
                    "InvalidParameterValueException",
                    400,
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        if (!parts[0].matches("[A-Za-z0-9_-]{1,64}")) {
            throw new Fault(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value '" + text
                            + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                            + " (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
        }
        return new FunctionReference(scope, parts[0], behind.isEmpty() ? qualifierBeside : behind);
    }

    static FunctionReference parse(Call call, String text, String qualifierBeside) {
        return parse(call.scope(), text, qualifierBeside);
    }

    static FunctionReference parse(Call call, String text) {
        return parse(call, text, "");
    }

    String arn() {
        String plain = Arn.of("lambda", scope, "function:" + name).toString();
        return qualifier.isEmpty() ? plain : plain + ":" + qualifier;
    }
}
