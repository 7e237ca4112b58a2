package virga.services.sts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import virga.cloud.Environment;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.iam.GetPolicyRequest;
import virga.model.iam.GetPolicyVersionRequest;
import virga.model.iam.GetRoleRequest;
import virga.model.iam.GetUserRequest;
import virga.model.iam.Iam;
import virga.model.iam.Role;
import virga.model.iam.User;

/** What STS asks IAM, as the root of an account and without a record of its own. */
record IamQuestions(Environment environment, Call call) {
    Optional<Role> role(String account, String name) {
        return ask(
                        account,
                        Iam.GET_ROLE,
                        GetRoleRequest.builder().roleName(name).build())
                .flatMap(answer -> answer.role());
    }

    Optional<User> user(String account, String name) {
        return ask(
                        account,
                        Iam.GET_USER,
                        GetUserRequest.builder().userName(name).build())
                .flatMap(answer -> answer.user());
    }

    /** The document in force of a managed policy. */
    Optional<String> policy(String account, String arn) {
        return ask(
                        account,
                        Iam.GET_POLICY,
                        GetPolicyRequest.builder().policyArn(arn).build())
                .flatMap(answer -> answer.policy())
                .flatMap(policy -> policy.defaultVersionId())
                .flatMap(version -> ask(
                        account,
                        Iam.GET_POLICY_VERSION,
                        GetPolicyVersionRequest.builder()
                                .policyArn(arn)
                                .versionId(version)
                                .build()))
                .flatMap(answer -> answer.policyVersion())
                .flatMap(version -> version.document())
                .map(document -> URLDecoder.decode(document, StandardCharsets.UTF_8));
    }

    private <I extends Structure, O extends Structure> Optional<O> ask(
            String account, Operation<I, O> operation, I input) {
        Call asked = environment.newCall(
                call.scope().withAccount(account), new Principal.Root(account), call.causeOfWhatFollows("sts"));
        Call unrecorded = new Call(
                asked.requestId(),
                asked.scope(),
                asked.principal(),
                asked.cause(),
                asked.at(),
                asked.deadline(),
                asked.sourceIp(),
                Call.Recording.COUNTED);
        try {
            return Optional.of(environment.call(unrecorded, operation, input));
        } catch (Fault fault) {
            if (fault.code().equals("NoSuchEntity")) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** @throws Fault {@code ValidationError} where {@code arn} is not a role's */
    static Arn roleArn(String arn) {
        if (!arn.matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
            throw new Fault("ValidationError", 400, arn + " is invalid");
        }
        return Arn.parse(arn);
    }

    static <T> T present(Optional<T> value) {
        return value.orElseThrow(() -> new Bug("IAM answered a role without a required member"));
    }
}
