package virga.cloud.authorize;

import java.util.List;
import java.util.Locale;
import virga.kernel.Call;
import virga.kernel.Principal;

/**
 * What was decided, and by which statements.
 *
 * @param kind the kind of policy that decided: that allowed, that denied, or whose allowance is missing
 * @param resource the resource that was denied; the first one where all are allowed
 * @param crossAccount whether the resource belongs to another account than the principal
 * @param decidedBy the statements that allowed or denied; empty for an implicit denial and for an account's root user
 */
public record Decision(
        Outcome outcome,
        PolicyKind kind,
        String action,
        String resource,
        boolean crossAccount,
        List<StatementReference> decidedBy) {
    public enum Outcome {
        ALLOWED,
        /** No statement allows it. */
        IMPLICITLY_DENIED,
        /** A statement denies it. */
        EXPLICITLY_DENIED
    }

    /**
     * A statement in words.
     *
     * @param policy the policy's name
     * @param statement its {@code Sid}, or {@code #1} and so on
     */
    public record StatementReference(PolicyKind kind, String policy, String statement) {
        @Override
        public String toString() {
            return kind.words() + " " + policy + " " + statement;
        }
    }

    public Decision {
        decidedBy = List.copyOf(decidedBy);
    }

    public boolean allowed() {
        return outcome == Outcome.ALLOWED;
    }

    /**
     * AWS's words for a refusal. SQS writes its actions in small letters; S3 puts resources in quotes, and tells strangers nothing.
     *
     * <p>Source: "Troubleshoot access denied error messages", AWS IAM User Guide; "Troubleshoot access denied (403 Forbidden) errors in
     * Amazon S3", Amazon S3 User Guide.
     */
    public String message(Call call) {
        boolean s3 = action.startsWith("s3:");
        if (s3 && (crossAccount || call.principal() instanceof Principal.Anonymous)) {
            return "Access Denied";
        }
        String said = action.startsWith("sqs:") ? action.toLowerCase(Locale.ROOT) : action;
        String what = "User: " + call.principal().arn() + " is not authorized to perform: " + said + " on resource: "
                + (s3 ? "\"" + resource + "\"" : resource);
        return switch (outcome) {
            case ALLOWED -> "";
            case EXPLICITLY_DENIED -> what + " with an explicit deny in " + kind.wordsWithArticle();
            case IMPLICITLY_DENIED ->
                kind == PolicyKind.TRUST
                        ? what
                        : what + " because no " + kind.words() + " allows the " + said + " action";
        };
    }
}
