package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The role that SAM makes for a function or state machine that names none. */
final class ExecutionRole {
    /** What a member of {@code Policies} is. */
    private enum Kind {
        MANAGED,
        STATEMENT,
        TEMPLATE,
        UNKNOWN
    }

    private ExecutionRole() {}

    /** @param given the resource's {@code Policies}: names, ARNs, documents, templates */
    static ResourceDraft make(
            ServerlessResource owner, JsonNode trust, ArrayNode managed, ArrayNode inline, JsonNode given) {
        ResourceDraft role = new ResourceDraft(owner.logicalId() + "Role", "AWS::IAM::Role", owner.passedAttributes());
        role.put("AssumeRolePolicyDocument", trust);
        JsonNode policies = given.isArray() ? given : Nodes.isGiven(given) ? Nodes.array(given) : Nodes.array();
        for (int index = 0; index < policies.size(); index++) {
            add(owner, policies.get(index), index, managed, inline);
        }
        role.put("ManagedPolicyArns", managed);
        role.put("Policies", inline.isEmpty() ? Nodes.missing() : inline);
        role.put("Path", owner.get("RolePath"));
        role.put("PermissionsBoundary", owner.get("PermissionsBoundary"));
        role.put("Tags", Nodes.samTags(owner.get("Tags")));
        return role;
    }

    private static void add(ServerlessResource owner, JsonNode given, int index, ArrayNode managed, ArrayNode inline) {
        JsonNode policy = expanded(owner.logicalId(), given);
        String name = owner.logicalId() + "RolePolicy" + index;
        switch (kind(policy)) {
            case STATEMENT -> {
                if (Nodes.isIf(policy)) {
                    inline.add(eachBranch(
                            policy, branch -> Nodes.isNoValue(branch) ? branch : Policies.named(name, branch)));
                } else {
                    inline.add(Policies.named(name, policy));
                }
            }
            case MANAGED -> {
                JsonNode arn = Nodes.isIf(policy) ? eachBranch(policy, ExecutionRole::managedArn) : managedArn(policy);
                if (managed.valueStream().noneMatch(arn::equals)) {
                    managed.add(arn);
                }
            }
            case TEMPLATE, UNKNOWN ->
                throw SamErrors.resource(
                        owner.logicalId(), "Policy at index " + index + " in the 'Policies' property is not valid");
        }
    }

    private static JsonNode managedArn(JsonNode policy) {
        return policy.isTextual()
                ? PolicyData.managedPolicy(policy.asText()).map(Nodes::text).orElse(policy)
                : policy;
    }

    private static JsonNode eachBranch(JsonNode conditional, java.util.function.UnaryOperator<JsonNode> change) {
        JsonNode branches = conditional.get("Fn::If");
        return Nodes.object(
                "Fn::If", Nodes.array(branches.get(0), change.apply(branches.get(1)), change.apply(branches.get(2))));
    }

    /** Policy templates become documents, inside conditionals too. */
    private static JsonNode expanded(String logicalId, JsonNode policy) {
        if (Nodes.isIf(policy) && policy.get("Fn::If").size() == 3) {
            return eachBranch(policy, branch -> expanded(logicalId, branch));
        }
        if (policy.isObject()
                && policy.size() == 1
                && PolicyData.isTemplate(policy.fieldNames().next())) {
            String name = policy.fieldNames().next();
            return PolicyData.document(logicalId, name, policy.get(name));
        }
        return policy;
    }

    private static Kind kind(JsonNode policy) {
        if (policy.isTextual()) {
            return Kind.MANAGED;
        }
        if (Nodes.isIf(policy)) {
            JsonNode branches = policy.get("Fn::If");
            if (branches.size() != 3) {
                throw SamErrors.template("Fn::If requires 3 arguments");
            }
            Kind first = kind(branches.get(1));
            Kind second = kind(branches.get(2));
            if (first == second || Nodes.isNoValue(branches.get(2))) {
                return first;
            }
            if (Nodes.isNoValue(branches.get(1))) {
                return second;
            }
            throw SamErrors.template("Different policy types within the same Fn::If statement is unsupported. "
                    + "Separate different policy types into different Fn::If statements");
        }
        if (Nodes.isIntrinsic(policy)) {
            return Kind.MANAGED;
        }
        return policy.isObject() && policy.has("Statement") ? Kind.STATEMENT : Kind.UNKNOWN;
    }

    /** Adds a managed policy to a role that is made already. */
    static void attach(ResourceDraft role, String arn) {
        ArrayNode managed = (ArrayNode) role.property("ManagedPolicyArns");
        if (managed.valueStream().noneMatch(known -> known.asText().equals(arn))) {
            managed.add(arn);
        }
    }

    /** Adds an inline policy to a role that is made already, unless the same document is there. */
    static void attach(ResourceDraft role, ObjectNode policy) {
        ArrayNode inline = role.property("Policies") instanceof ArrayNode array ? array : Nodes.array();
        role.put("Policies", inline);
        if (inline.valueStream()
                .noneMatch(known -> known.path("PolicyDocument").equals(policy.get("PolicyDocument")))) {
            inline.add(policy);
        }
    }
}
