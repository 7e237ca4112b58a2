package virga.services.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.cloud.testing.TestingCloud;
import virga.model.ssm.GetParameterRequest;
import virga.model.ssm.Parameter;
import virga.model.ssm.ParameterAlreadyExists;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.Ssm;

final class ParameterProvisionerTest {
    private final TestingCloud cloud = new TestingCloud(new SsmService());
    private final ParameterProvisioner provisioner = new ParameterProvisioner();

    @AfterEach
    void close() {
        cloud.close();
    }

    private Provisioning request(String logicalId, Map<String, String> properties) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        properties.forEach(node::put);
        return new Provisioning(
                cloud.environment(),
                cloud.call(),
                new Step("shop", "stack-1", logicalId, "token-" + logicalId),
                Properties.of(logicalId, node),
                Map.of("aws:cloudformation:stack-id", "stack-1", "aws:cloudformation:logical-id", logicalId));
    }

    private Parameter get(String name) {
        return cloud.call(
                        Ssm.GET_PARAMETER,
                        GetParameterRequest.builder().name(name).build())
                .parameter()
                .orElseThrow();
    }

    @Test
    void aParameterIsMadeChangedAndDeleted() {
        Provisioning first = request("Url", Map.of("Type", "String", "Value", "a"));
        Provisioned made = provisioner.create(first);
        assertThat(made.ref()).matches("CFN-Url-[A-Z0-9]{12}");
        assertThat(made.attributes()).containsEntry("Value", "a").containsEntry("Type", "String");
        Provisioned changed =
                provisioner.update(request("Url", Map.of("Type", "String", "Value", "b")), made, first.properties());
        assertThat(changed.attributes()).containsEntry("Value", "b");
        assertThat(get(made.ref()).value()).contains("b");
        provisioner.delete(first, made);
        assertThatThrownBy(() -> get(made.ref())).isInstanceOf(ParameterNotFound.class);
        provisioner.delete(first, made);
    }

    @Test
    void aStepThatIsRepeatedFindsItsParameterButNotAnothers() {
        Map<String, String> properties = Map.of("Name", "/app/url", "Type", "String", "Value", "a");
        assertThat(provisioner.create(request("Url", properties)))
                .isEqualTo(provisioner.create(request("Url", properties)));
        assertThatThrownBy(() -> provisioner.create(request("Other", properties)))
                .isInstanceOf(ParameterAlreadyExists.class);
    }

    @Test
    void aSecureStringIsNotMadeByCloudFormation() {
        assertThatThrownBy(() -> provisioner.create(request("Secret", Map.of("Type", "SecureString", "Value", "a"))))
                .hasMessage("Parameters of type SecureString are not supported by CloudFormation.");
    }
}
