package virga.modelgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "QueueUrl, queueUrl",
        "MD5OfBody, md5OfBody",
        "ETag, eTag",
        "SSEKMSKeyId, ssekmsKeyId",
        "ACL, acl",
        "S, s",
        "NS, ns",
        "NULL, null_",
        "default, default_",
        "Schema, schema_",
        "x-amz-meta, xAmzMeta",
        "MFADelete, mfaDelete",
        "s3Key, s3Key",
        "Status, status",
        "Wait, wait_"
    })
    void aMemberBecomesAMethod(String member, String accessor) {
        assertThat(Names.accessor(member, false)).isEqualTo(accessor);
    }

    @ParameterizedTest
    @CsvSource({"Status, status_", "Code, code_", "Type, type", "Message, message"})
    void aMemberOfAFaultKeepsClearOfTheFaultsOwnMethods(String member, String accessor) {
        assertThat(Names.accessor(member, true)).isEqualTo(accessor);
    }

    @ParameterizedTest
    @CsvSource({
        "SendMessage, SEND_MESSAGE",
        "ListObjectsV2, LIST_OBJECTS_V2",
        "AssumeRoleWithSAML, ASSUME_ROLE_WITH_SAML",
        "CreateOpenIDConnectProvider, CREATE_OPEN_ID_CONNECT_PROVIDER",
        "python3.13, PYTHON3_13",
        "x86_64, X86_64",
        "s3:ObjectCreated:*, S3_OBJECT_CREATED_STAR",
        "2012-10-17, _2012_10_17",
        "ALL_NEW, ALL_NEW",
        "nodejs4.3-edge, NODEJS4_3_EDGE"
    })
    void aNameBecomesAConstant(String name, String constant) {
        assertThat(Names.constant(name)).isEqualTo(constant);
    }

    @ParameterizedTest
    @CsvSource({
        "SendMessageRequest, SendMessageRequest",
        "Object, S3Object",
        "__listOfTag, ListOfTag",
        "Runtime, Runtime"
    })
    void aShapeBecomesAClass(String shape, String type) {
        assertThat(Names.type(shape, "S3")).isEqualTo(type);
    }

    @Test
    void theSecondOfTwoEqualConstantsGetsANumber() {
        Set<String> taken = new HashSet<>();
        assertThat(List.of(Names.distinct("A", taken), Names.distinct("A", taken), Names.distinct("A", taken)))
                .containsExactly("A", "A_2", "A_3");
    }

    @Test
    void twoClassesThatDifferOnlyInCaseAreAMistake() {
        assertThatThrownBy(() -> Names.checkDistinctFiles(List.of("Tags", "TAGS"), "s"))
                .isInstanceOf(ModelMistake.class)
                .hasMessageContaining("TAGS");
    }
}
