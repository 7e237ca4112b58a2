package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import virga.observe.json.Json;

/** Rule 60, its template part: a policy that allows more than anybody can have thought of. */
final class WildcardPermission implements TemplateRule {
    static final Rule RULE = new Rule(
            60,
            "permissions that do not fit",
            Rule.Severity.WARNING,
            Question.BOUNDARIES,
            Rule.guide("permissions"),
            "a permissions boundary that takes the rest away");

    /** Attached policies that allow a whole service, or everything. Source: "AWS managed policies", IAM User Guide. */
    private static final Set<String> BROAD = Set.of("AdministratorAccess", "PowerUserAccess", "IAMFullAccess");

    /** Services whose actions nearly all take a resource, so that {@code *} is a choice. */
    private static final Set<String> WITH_RESOURCES = Set.of(
            "dynamodb", "events", "kinesis", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "ssm", "states");

    /** Actions of these services that can only be allowed on everything begin so. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of("list", "describelimits", "generaterandom", "createkey");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource resource : template.resources().values()) {
            switch (resource.type()) {
                case "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group" -> {
                    resource.list("Policies").forEach(policy -> check(resource, policy, findings));
                    attached(resource, findings);
                }
                case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> check(resource, resource.properties(), findings);
                default -> {
                    // Resource policies say who may come in: another rule's business.
                }
            }
        }
        return findings;
    }

    private void attached(Template.Resource role, List<Finding> findings) {
        if (!(role.property("ManagedPolicyArns").orElse(new Json.Null()) instanceof Json.Array policies)) {
            return;
        }
        for (Json policy : policies.elements()) {
            String arn = text(policy);
            String name = arn.substring(arn.lastIndexOf('/') + 1);
            if (BROAD.contains(name) || name.endsWith("FullAccess")) {
                findings.add(finding(role, "the policy " + name + " allows every action of a service on everything"));
            }
        }
    }

    private void check(Template.Resource resource, Json.Structure policy, List<Finding> findings) {
        Json statements = Template.at(policy, "PolicyDocument", "Statement").orElse(new Json.Null());
        List<Json.Structure> all =
                statements instanceof Json.Structure one ? List.of(one) : Template.structures(statements);
        for (Json.Structure statement : all) {
            boolean allows = text(statement.fields().getOrDefault("Effect", new Json.Null()))
                    .equals("Allow");
            if (allows) {
                wide(statement, findings, resource);
            }
        }
    }

    private void wide(Json.Structure statement, List<Finding> findings, Template.Resource resource) {
        List<String> actions = texts(statement.fields().getOrDefault("Action", new Json.Null()));
        boolean everywhere = texts(statement.fields().getOrDefault("Resource", new Json.Null()))
                .contains("*");
        boolean conditional = statement.fields().containsKey("Condition");
        List<String> whole = actions.stream()
                .filter(action -> action.equals("*") || action.endsWith(":*"))
                .toList();
        if (statement.fields().containsKey("NotAction")) {
            findings.add(finding(resource, "NotAction with Allow allows every action that it does not name"));
        } else if (whole.contains("*") && everywhere && !conditional) {
            findings.add(finding(
                    RULE.with(Rule.Severity.ERROR),
                    resource,
                    "everything is allowed on everything (Action *, Resource *)"));
        } else if (!whole.isEmpty()) {
            findings.add(finding(
                    resource,
                    "every action is allowed that " + String.join(", ", whole) + " means, those of next year too"));
        } else if (everywhere && !conditional) {
            List<String> needless =
                    actions.stream().filter(WildcardPermission::takesResource).toList();
            if (!needless.isEmpty()) {
                findings.add(finding(
                        resource, String.join(", ", needless) + " is allowed on every resource of the account"));
            }
        }
    }

    private static boolean takesResource(String action) {
        String[] parts = action.toLowerCase(Locale.ROOT).split(":", 2);
        return parts.length == 2
                && WITH_RESOURCES.contains(parts[0])
                && WITHOUT_RESOURCE.stream().noneMatch(parts[1]::startsWith);
    }

    private static List<String> texts(Json json) {
        return json instanceof Json.Array array
                ? array.elements().stream().map(WildcardPermission::text).toList()
                : List.of(text(json));
    }

    /** A text, or that of {@code Fn::Sub}; empty for what is computed otherwise. */
    private static String text(Json json) {
        return switch (json) {
            case Json.Text text -> text.value();
            case Json.Structure structure
            when structure.fields().get("Fn::Sub") instanceof Json.Text text -> text.value();
            case Json.Structure structure
            when structure.fields().get("Fn::Join") instanceof Json.Array join -> joined(join);
            case Json other -> "";
        };
    }

    /** The last piece tells a managed policy's name: the partition before it is computed. */
    private static String joined(Json.Array join) {
        if (join.elements().size() == 2 && join.elements().get(1) instanceof Json.Array pieces) {
            return pieces.elements().stream().map(WildcardPermission::text).reduce("", String::concat);
        }
        return "";
    }
}
