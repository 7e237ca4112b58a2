package virga.services.cloudformation;

import java.util.List;
import java.util.Optional;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.cloudformation.RollbackConfiguration;
import virga.services.cloudformation.template.TemplateErrors;

/** What several operations check of their input. */
final class Requests {
    private Requests() {}

    /** Whoever makes the resources: the given role, or the caller. */
    static Principal principal(Call call, String roleArn) {
        if (roleArn.isEmpty()) {
            return call.principal();
        }
        if (!Arn.isArn(roleArn) || !Arn.parse(roleArn).resource().startsWith("role/")) {
            throw TemplateErrors.validation("Role " + roleArn + " is invalid or cannot be assumed");
        }
        Arn arn = Arn.parse(roleArn);
        return new Principal.RoleSession(arn.account(), arn.name(), "AWSCloudFormation");
    }

    /** @throws Fault where rollback triggers are asked for */
    static void refuseTriggers(String operation, Optional<RollbackConfiguration> configuration) {
        boolean triggers = configuration.isPresent()
                && (!configuration.get().rollbackTriggers().isEmpty()
                        || configuration.get().monitoringTimeInMinutes().orElse(0) > 0);
        refuse(triggers, operation + "/RollbackConfiguration");
    }

    static void refuse(boolean given, String path) {
        if (given) {
            throw Fault.unsupported(path);
        }
    }

    static void refuse(List<?> given, String path) {
        refuse(!given.isEmpty(), path);
    }

    /** Where a page of results begins: tokens are positions. @throws Fault where it is none of ours */
    static int position(Optional<String> token) {
        String text = token.orElse("0");
        if (!text.matches("\\d{1,9}")) {
            throw TemplateErrors.validation("Invalid NextToken");
        }
        return Integer.parseInt(text);
    }
}
