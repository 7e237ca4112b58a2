package virga.services.logs;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Arn;
import virga.model.logs.CreateLogGroupRequest;
import virga.model.logs.DeleteLogGroupRequest;
import virga.model.logs.DeleteRetentionPolicyRequest;
import virga.model.logs.Logs;
import virga.model.logs.PutRetentionPolicyRequest;
import virga.model.logs.ResourceNotFoundException;

/** {@code AWS::Logs::LogGroup}. Source: its page in the CloudFormation Template Reference. */
final class LogGroupProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Logs::LogGroup";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("LogGroupName", "Tags/[]/Key", "Tags/[]/Value")
                .inPlace("RetentionInDays")
                .unsupported(
                        "DataProtectionPolicy",
                        "DeletionProtectionEnabled",
                        "FieldIndexPolicies",
                        "KmsKeyId",
                        "LogGroupClass",
                        "ResourcePolicyDocument");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("LogGroupName", 512);
        int days = days(request);
        request.call(
                Logs.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder()
                        .logGroupName(name)
                        .tags(request.allTags())
                        .build());
        retain(request, name, days);
        String arn = Arn.of("logs", request.call().scope(), "log-group:" + name + ":*")
                .toString();
        return new Provisioned(name, Map.of("Arn", arn));
    }

    private static int days(Provisioning request) {
        return request.properties().integer("RetentionInDays", 0);
    }

    private static void retain(Provisioning request, String name, int days) {
        if (days == 0) {
            request.call(
                    Logs.DELETE_RETENTION_POLICY,
                    DeleteRetentionPolicyRequest.builder().logGroupName(name).build());
        } else {
            request.call(
                    Logs.PUT_RETENTION_POLICY,
                    PutRetentionPolicyRequest.builder()
                            .logGroupName(name)
                            .retentionInDays(days)
                            .build());
        }
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        retain(request, current.physicalId(), days(request));
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Logs.DELETE_LOG_GROUP,
                DeleteLogGroupRequest.builder()
                        .logGroupName(current.physicalId())
                        .build());
    }
}
