package virga.protocol.constraint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Schema;
import virga.model.ServiceModel.Protocol;
import virga.model.Structure;
import virga.model.dynamodb.DynamoDb;
import virga.model.iam.Iam;
import virga.model.lambda.Lambda;
import virga.protocol.wire.StructureJson;

class ConstraintsTest {
    private static Structure of(Schema schema, String json) {
        return StructureJson.read(Bytes.ofUtf8(json), schema);
    }

    private static void check(Structure input) {
        Constraints.check(input, Protocol.AWS_JSON, ConstraintPolicy.COMMON);
    }

    @Test
    void aMissingMemberIsNull() {
        assertThatThrownBy(() -> check(of(DynamoDb.DESCRIBE_TABLE.input(), "{}")))
                .hasToString(
                        "ValidationException (400): 1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void aNameThatIsTooLongIsShown() {
        String name = "r".repeat(65);
        String json = "{\"RoleName\":\"" + name + "\",\"AssumeRolePolicyDocument\":\"{}\"}";
        assertThatThrownBy(() -> Constraints.check(
                        of(Iam.CREATE_ROLE.input(), json), Protocol.AWS_QUERY, ConstraintPolicy.COMMON))
                .hasToString(
                        "ValidationError (400): 1 validation error detected: Value '" + name
                                + "' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64");
    }

    @Test
    void severalViolationsAreCountedAndJoined() {
        String json = "{\"FunctionName\":\"f\",\"Role\":\"arn:aws:iam::123456789012:role/r\",\"Code\":{},"
                + "\"MemorySize\":64,\"PackageType\":\"Jar\"}";
        assertThatThrownBy(() -> check(of(Lambda.CREATE_FUNCTION.input(), json)))
                .hasMessage("2 validation errors detected: Value '64' at 'memorySize' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 128; Value 'Jar' at 'packageType' failed to "
                        + "satisfy constraint: Member must satisfy enum value set: [Zip, Image]");
    }

    @Test
    void aNestedMemberIsShownByItsPath() {
        String json =
                "{\"TableName\":\"orders\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},"
                        + "{\"KeyType\":\"SORT\"}]}";
        assertThatThrownBy(() -> check(of(DynamoDb.CREATE_TABLE.input(), json)))
                .hasMessage("2 validation errors detected: Value null at 'keySchema.2.member.attributeName' failed to "
                        + "satisfy constraint: Member must not be null; Value 'SORT' at 'keySchema.2.member.keyType' failed "
                        + "to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]");
    }

    @Test
    void whatElementsMustSatisfyIsSaidOnce() {
        String json = "{\"RoleName\":\"r\",\"TagKeys\":[\"fine\",\"\",\"\"]}";
        assertThatThrownBy(() -> check(of(Iam.UNTAG_ROLE.input(), json)))
                .hasMessage(
                        "1 validation error detected: Value '[fine, , ]' at 'tagKeys' failed to satisfy constraint: "
                                + "Member must satisfy constraint: [Member must have length less than or equal to 128, Member must "
                                + "have length greater than or equal to 1, Member must satisfy regular expression pattern: "
                                + "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]");
    }

    @Test
    void aNameMustMatchAsAWhole() {
        assertThatThrownBy(() -> check(of(Iam.GET_ROLE.input(), "{\"RoleName\":\"a b\"}")))
                .hasMessageEndingWith("Member must satisfy regular expression pattern: [\\w+=,.@-]+");
    }

    @Test
    void whatTheModelAllowsPasses() {
        assertThatCode(() -> check(of(Iam.GET_ROLE.input(), "{\"RoleName\":\"shipper\"}")))
                .doesNotThrowAnyException();
    }

    @Test
    void aServiceMayCheckSomethingItself() {
        ConstraintPolicy lenient = new ConstraintPolicy() {
            @Override
            public Fault refuse(List<Violation> violations, Protocol protocol) {
                return new Fault("Own", 400, ConstraintPolicy.message(violations));
            }

            @Override
            public boolean counts(Violation violation) {
                return violation.kind() != Violation.Kind.PATTERN;
            }
        };
        assertThatCode(() -> Constraints.check(
                        of(Iam.GET_ROLE.input(), "{\"RoleName\":\"a b\"}"), Protocol.AWS_QUERY, lenient))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Constraints.check(of(Iam.GET_ROLE.input(), "{}"), Protocol.AWS_QUERY, lenient))
                .hasToString("Own (400): 1 validation error detected: Value null at 'roleName' failed to satisfy "
                        + "constraint: Member must not be null");
    }
}
