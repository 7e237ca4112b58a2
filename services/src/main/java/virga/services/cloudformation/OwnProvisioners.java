package virga.services.cloudformation;

import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;

/** Resource types that stand for nothing outside CloudFormation. */
final class OwnProvisioners {
    private OwnProvisioners() {}

    /** {@code AWS::CloudFormation::WaitConditionHandle}: only a reference; nothing waits on it. */
    static final class WaitConditionHandle implements Provisioner {
        @Override
        public String type() {
            return "AWS::CloudFormation::WaitConditionHandle";
        }

        @Override
        public PropertyRules properties() {
            return PropertyRules.none();
        }

        @Override
        public Provisioned create(Provisioning request) {
            String url = "https://cloudformation-waitcondition-"
                    + request.call().region() + ".s3.amazonaws.com/" + request.stackId() + "/" + request.logicalId();
            return new Provisioned(url, Map.of());
        }

        @Override
        public void delete(Provisioning request, Provisioned current) {
            // Nothing stands behind it.
        }
    }

    /** {@code AWS::CDK::Metadata}: what the CDK tells AWS about itself; AWS only keeps it, and so does the stack's template. */
    static final class CdkMetadata implements Provisioner {
        @Override
        public String type() {
            return "AWS::CDK::Metadata";
        }

        @Override
        public PropertyRules properties() {
            return PropertyRules.none().inPlace("Analytics", "Modules");
        }

        @Override
        public Provisioned create(Provisioning request) {
            return new Provisioned(request.generatedName(128), Map.of());
        }

        @Override
        public void delete(Provisioning request, Provisioned current) {
            // Nothing stands behind it.
        }
    }
}
