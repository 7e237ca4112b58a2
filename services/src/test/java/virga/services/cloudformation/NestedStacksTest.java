package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.ServiceModel;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.CreateChangeSetInput;
import virga.model.cloudformation.CreateChangeSetOutput;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.Stack;
import virga.model.s3.GetObjectOutput;
import virga.model.s3.NoSuchKey;
import virga.model.s3.S3;

final class NestedStacksTest {
    /** S3 with some objects in it, by bucket and key. */
    private record TestingObjects(Map<String, String> objects) implements Service {
        @Override
        public ServiceModel model() {
            return S3.MODEL;
        }

        @Override
        public void bind(Binder binder) {
            binder.streaming(S3.GET_OBJECT, (call, input, exchange) -> {
                String text = objects.get(input.bucket() + "/" + input.key());
                if (text == null) {
                    throw new NoSuchKey("The specified key does not exist.");
                }
                return GetObjectOutput.builder()
                        .body(ByteStream.of(Bytes.ofUtf8(text)))
                        .build();
            });
        }
    }

    private static final String CHILD = """
            Parameters: {Colour: {Type: String}}
            Resources: {Thing: {Type: 'AWS::XRay::Group', Properties: {Colour: !Ref Colour}}}
            Outputs: {Colour: {Value: !GetAtt Thing.Colour}}
            """;
    private static final String PARENT = """
            Parameters: {Colour: {Type: String}}
            Resources:
              Child:
                Type: AWS::CloudFormation::Stack
                Properties:
                  TemplateURL: https://templates.s3.us-east-1.amazonaws.com/child.yaml
                  Parameters: {Colour: !Ref Colour}
              After: {Type: 'AWS::XRay::Group', Properties: {Colour: !GetAtt Child.Outputs.Colour}}
            Outputs: {Child: {Value: !Ref Child}}
            """;

    private final TestingThings things = new TestingThings();
    private final TestingCloud cloud = new TestingCloud(
            new CloudFormationService(java.time.Duration.ZERO),
            things,
            new TestingObjects(Map.of("templates/child.yaml", CHILD)));
    private final TestingStacks stacks = new TestingStacks(cloud);

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void aNestedStackIsMadeChangedAndDeletedWithItsParent() {
        Stack parent = stacks.create("shop", PARENT, "Colour", "red");

        assertThat(parent.stackStatus()).contains("CREATE_COMPLETE");
        String child = TestingStacks.outputs(parent).get("Child");
        assertThat(stacks.status(child)).isEqualTo("CREATE_COMPLETE");
        assertThat(things.history()).containsExactly("create Thing", "create After");

        stacks.update("shop", PARENT, "Colour", "green");
        assertThat(things.standing.values()).containsOnly("{\"Colour\":\"green\"}");

        stacks.delete("shop");
        assertThat(stacks.status(child)).isEqualTo("DELETE_COMPLETE");
        assertThat(things.standing).isEmpty();
    }

    @Test
    void aChangeSetThatIsToIncludeNestedStacksIsMadeWhereThereAreNone() {
        Function<String, CreateChangeSetOutput> changeSet = template -> cloud.call(
                CloudFormation.CREATE_CHANGE_SET,
                CreateChangeSetInput.builder()
                        .stackName("shop")
                        .changeSetName("next")
                        .changeSetType("CREATE")
                        .templateBody(template)
                        .parameters(List.of(Parameter.builder()
                                .parameterKey("Colour")
                                .parameterValue("red")
                                .build()))
                        .includeNestedStacks(true)
                        .build());
        assertThatThrownBy(() -> changeSet.apply(PARENT)).hasMessageContaining("CreateChangeSet/IncludeNestedStacks");
        assertThat(changeSet.apply(CHILD).id()).isPresent();
    }

    @Test
    void aNestedStackThatFailsFailsItsParent() {
        things.broken.add("black");

        Stack parent = stacks.create("shop", PARENT, "Colour", "black");

        assertThat(parent.stackStatus()).contains("ROLLBACK_COMPLETE");
        assertThat(stacks.events("shop")).contains("Child CREATE_FAILED");
    }
}
