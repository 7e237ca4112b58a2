package virga.cloud.authorize;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import virga.kernel.Fault;

/**
 * What each kind of policy may say, refused in AWS's words.
 *
 * <p>Source: "Grammar of the IAM JSON policy language" and "IAM JSON policy elements reference", AWS IAM User Guide; the messages are those
 * that IAM answers.
 */
public final class PolicyGrammar {
    private static final Set<String> TRUST_ACTIONS = Set.of(
            "sts:assumerole",
            "sts:assumerolewithsaml",
            "sts:assumerolewithwebidentity",
            "sts:tagsession",
            "sts:setsourceidentity",
            "sts:setcontext",
            "sts:*");
    private static final Set<String> PARTITIONS =
            Set.of("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc", "*");

    private PolicyGrammar() {}

    /** @throws Fault {@code MalformedPolicyDocument} where {@code json} is not a policy of this kind */
    public static void check(PolicyKind kind, String json) {
        check(kind, json, kind != PolicyKind.TRUST && kind != PolicyKind.RESOURCE);
    }

    /**
     * As {@link #check} of an identity policy, for one that stands in a role, user or group: it may be of the old version or name none, as
     * the policies that SAM writes do.
     */
    public static void checkInline(String json) {
        check(PolicyKind.IDENTITY, json, false);
    }

    private static void check(PolicyKind kind, String json, boolean current) {
        PolicyDocument policy;
        try {
            policy = PolicyReader.read(json);
        } catch (PolicyReader.Malformed malformed) {
            boolean trust = kind == PolicyKind.TRUST && !malformed.isJson();
            throw refused(trust ? "This policy contains invalid Json" : malformed.getMessage());
        }
        if (current && !policy.statements().isEmpty() && !policy.version().equals(PolicyDocument.CURRENT)) {
            throw refused("Policy document must be version 2012-10-17 or greater.");
        }
        Set<String> labels = new HashSet<>();
        for (Statement statement : policy.statements()) {
            if (!labels.add(statement.label())) {
                throw refused("Statement IDs (SID) in a single policy must be unique.");
            }
            switch (kind) {
                case IDENTITY, BOUNDARY, SESSION -> identity(statement);
                case TRUST -> trust(statement);
                case RESOURCE -> resource(statement);
            }
            statement.conditions().forEach(condition -> vendor(condition.key(), true));
        }
    }

    /** The ARNs and account ids of the AWS principals that a checked resource policy names. */
    public static List<String> principals(String json) {
        try {
            return PolicyReader.read(json).statements().stream()
                    .flatMap(statement -> statement.principals().named().stream())
                    .filter(name -> name.type().equals("AWS"))
                    .map(Principals.Named::value)
                    .toList();
        } catch (PolicyReader.Malformed malformed) {
            throw refused(malformed.getMessage());
        }
    }

    private static void identity(Statement statement) {
        if (!statement.label().startsWith("#") && !statement.label().matches("[0-9A-Za-z]*")) {
            throw refused(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression"
                            + " [0-9A-Za-z]*");
        }
        if (statement.principals().given()) {
            throw refused("Policy document should not specify a principal.");
        }
        if (statement.actions().values().isEmpty()) {
            throw refused("Policy statement must contain actions.");
        }
        if (statement.resources().values().isEmpty()) {
            throw refused("Policy statement must contain resources.");
        }
        statement.actions().values().forEach(action -> vendor(action, false));
        statement.resources().values().forEach(PolicyGrammar::arn);
    }

    private static void trust(Statement statement) {
        if (statement.resources().given()) {
            throw refused("Has prohibited field Resource");
        }
        named(statement);
        if (statement.actions().values().isEmpty()) {
            throw refused("Missing required field Action");
        }
        for (String action : statement.actions().values()) {
            vendor(action, false);
            if (!TRUST_ACTIONS.contains(action.toLowerCase(Locale.ROOT))) {
                throw refused("AssumeRole policy may only specify STS AssumeRole actions.");
            }
        }
    }

    private static void resource(Statement statement) {
        named(statement);
        if (statement.actions().values().isEmpty()) {
            throw refused("Missing required field Action");
        }
        statement.actions().values().forEach(action -> vendor(action, false));
    }

    private static void named(Statement statement) {
        if (!statement.principals().given()) {
            throw refused("Missing required field Principal");
        }
        for (Principals.Named name : statement.principals().named()) {
            boolean good = switch (name.type()) {
                case "AWS" ->
                    name.value()
                            .matches("\\*|\\d{12}|arn:aws[\\w-]*:(iam|sts)::(\\d{12}|cloudfront):.+|A[A-Z0-9]{15,}");
                case "Service" ->
                    name.value().matches("\\*|[\\w.-]+\\.amazonaws\\.com(\\.cn)?|[\\w.-]+\\.amazon\\.com");
                default -> !name.value().isEmpty();
            };
            if (!good) {
                String type = name.type().equals("Service") ? "SERVICE" : name.type();
                throw refused("Invalid principal in policy: \"" + type + "\":\"" + name.value() + "\"");
            }
        }
    }

    private static void vendor(String name, boolean condition) {
        if (name.equals("*") && !condition) {
            return;
        }
        List<String> parts = List.of(name.split(":", -1));
        if (parts.size() < 2 || parts.getFirst().isEmpty()) {
            throw refused("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        if (parts.size() > 2 && !condition) {
            throw refused("Actions/Condition can contain only one colon.");
        }
        if (!parts.getFirst().matches("[a-zA-Z0-9.*?_-]+")) {
            throw refused("Vendor " + parts.getFirst() + " is not valid");
        }
    }

    private static void arn(String resource) {
        if (resource.equals("*")) {
            return;
        }
        String[] parts = resource.split(":", 6);
        if (!parts[0].equals("arn") || parts.length < 6 && !resource.endsWith("*")) {
            throw refused("Resource " + resource + " must be in ARN format or \"*\".");
        }
        if (parts.length < 6) {
            return;
        }
        if (!PARTITIONS.contains(parts[1]) && !parts[1].contains("*") && !parts[1].startsWith("${")) {
            throw refused("Partition \"" + parts[1] + "\" is not valid for resource \"" + resource + "\".");
        }
        if (parts[2].equals("iam") && !parts[3].isEmpty() && !parts[3].equals("*")) {
            throw refused("IAM resource " + resource + " cannot contain region information.");
        }
        if (parts[2].equals("s3") && !parts[3].isEmpty() && !parts[3].equals("*")) {
            throw refused("Resource " + resource + " can not contain region information.");
        }
    }

    private static Fault refused(String message) {
        return new Fault("MalformedPolicyDocument", 400, message);
    }
}
