package virga.services.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import virga.cloud.ResourcePolicies;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.model.lambda.AddPermissionRequest;
import virga.model.lambda.AddPermissionResponse;
import virga.model.lambda.GetPolicyRequest;
import virga.model.lambda.GetPolicyResponse;
import virga.model.lambda.RemovePermissionRequest;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.ResourceNotFoundException;
import virga.store.Key;
import virga.store.Reading;

/** Functions' resource policies. Source: "Viewing resource-based IAM policies in Lambda", AWS Lambda Developer Guide. */
final class Permissions implements ResourcePolicies {
    private static final ObjectMapper JSON = new ObjectMapper();

    AddPermissionResponse add(Call call, AddPermissionRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        Functions.resolve(work, reference, 1);
        Map<String, String> statements = new LinkedHashMap<>();
        Optional<FunctionPolicy> before = work.get(key(reference), LambdaKeys.POLICY_ROW);
        before.ifPresent(policy -> statements.putAll(policy.statements()));
        if (statements.containsKey(input.statementId())) {
            throw new ResourceConflictException(
                    "The statement id (" + input.statementId()
                            + ") provided already exists. Please provide a new statement id, or remove the existing statement.");
        }
        String statement = statement(input, reference).toString();
        statements.put(input.statementId(), statement);
        work.put(key(reference), new FunctionPolicy(statements, work.ids().uuid()), LambdaKeys.POLICY_ROW);
        return AddPermissionResponse.builder().statement(statement).build();
    }

    private static ObjectNode statement(AddPermissionRequest input, FunctionReference reference) {
        ObjectNode statement = JSON.createObjectNode();
        statement.put("Sid", input.statementId()).put("Effect", "Allow");
        String principal = input.principal();
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (principal.endsWith(".amazonaws.com")) {
            statement.putObject("Principal").put("Service", principal);
        } else {
            String arn = principal.matches("\\d{12}") ? "arn:aws:iam::" + principal + ":root" : principal;
            statement.putObject("Principal").put("AWS", arn);
        }
        statement.put("Action", input.action()).put("Resource", reference.arn());
        ObjectNode condition = JSON.createObjectNode();
        input.sourceArn().ifPresent(arn -> condition.putObject("ArnLike").put("AWS:SourceArn", arn));
        ObjectNode equal = JSON.createObjectNode();
        input.sourceAccount().ifPresent(account -> equal.put("AWS:SourceAccount", account));
        input.functionUrlAuthType().ifPresent(type -> equal.put("lambda:FunctionUrlAuthType", type));
        input.principalOrgID().ifPresent(organization -> equal.put("aws:PrincipalOrgID", organization));
        if (!equal.isEmpty()) {
            condition.set("StringEquals", equal);
        }
        if (!condition.isEmpty()) {
            statement.set("Condition", condition);
        }
        return statement;
    }

    GetPolicyResponse get(Call call, GetPolicyRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        FunctionPolicy policy = work.get(key(reference), LambdaKeys.POLICY_ROW)
                .orElseThrow(() -> new ResourceNotFoundException("The resource you requested does not exist."));
        return GetPolicyResponse.builder()
                .policy(policy.document())
                .revisionId(policy.revision())
                .build();
    }

    void remove(Call call, RemovePermissionRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        FunctionPolicy policy = work.get(key(reference), LambdaKeys.POLICY_ROW)
                .filter(found -> found.statements().containsKey(input.statementId()))
                .orElseThrow(() -> new ResourceNotFoundException(
                        "Statement " + input.statementId() + " is not found in resource policy."));
        Map<String, String> statements = new LinkedHashMap<>(policy.statements());
        statements.remove(input.statementId());
        if (statements.isEmpty()) {
            work.delete(key(reference));
        } else {
            work.put(key(reference), new FunctionPolicy(statements, work.ids().uuid()), LambdaKeys.POLICY_ROW);
        }
    }

    private static Key key(FunctionReference reference) {
        return LambdaKeys.POLICY.key(
                reference.scope().account(), reference.scope().region(), reference.name(), reference.qualifier());
    }

    @Override
    public String service() {
        return "lambda";
    }

    @Override
    public Optional<String> of(String resourceArn, Reading reading) {
        Arn arn = Arn.parse(resourceArn);
        String[] parts = arn.resource().split(":");
        if (parts.length < 2 || !parts[0].equals("function")) {
            return Optional.empty();
        }
        Scope scope = new Scope("", arn.account(), arn.region());
        String qualifier = parts.length > 2 ? parts[2] : "";
        return reading.get(key(new FunctionReference(scope, parts[1], qualifier)), LambdaKeys.POLICY_ROW)
                .map(FunctionPolicy::document);
    }
}
