package virga.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.Settings.Authorization;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.sqs.AddPermissionRequest;
import virga.model.sqs.OverLimit;
import virga.model.sqs.RemovePermissionRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

final class PermissionsTest {
    private static final String PARTNER = "111122223333";

    private final TestingQueues queues = new TestingQueues();
    private final String url = queues.create("orders", Map.of());

    @AfterEach
    void close() {
        queues.close();
    }

    private void add(String label, List<String> accounts, String... actions) {
        queues.cloud.call(
                Sqs.ADD_PERMISSION,
                AddPermissionRequest.builder()
                        .queueUrl(url)
                        .label(label)
                        .awsAccountIds(accounts)
                        .actions(List.of(actions))
                        .build());
    }

    private void remove(String label) {
        queues.cloud.call(
                Sqs.REMOVE_PERMISSION,
                RemovePermissionRequest.builder().queueUrl(url).label(label).build());
    }

    private String policy() {
        return queues.attributes(url).get("Policy");
    }

    private void sendAsPartner() {
        queues.cloud
                .environment()
                .call(
                        queues.cloud.callAs(new Principal.Root(PARTNER)),
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(url)
                                .messageBody("from a partner")
                                .build());
    }

    private static void refused(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void aPermissionIsAStatementOfTheQueuesPolicy() {
        add("partner", List.of(PARTNER), "SendMessage");

        assertThat(policy())
                .isEqualTo("{\"Version\":\"2008-10-17\",\"Id\":\"" + TestingQueues.arn("orders")
                        + "/SQSDefaultPolicy\",\"Statement\":[{\"Sid\":\"partner\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + "\"arn:aws:iam::111122223333:root\"},\"Action\":\"SQS:SendMessage\",\"Resource\":\""
                        + TestingQueues.arn("orders") + "\"}]}");
    }

    @Test
    void anotherAccountMaySendFromThePermissionUntilItIsRemoved() {
        queues.cloud
                .cloud()
                .change(
                        queues.cloud.environment().name(),
                        queues.cloud.environment().settings().withAuthorization(Authorization.ENFORCE));
        assertThatThrownBy(this::sendAsPartner).isInstanceOf(Fault.class);

        add("partner", List.of(PARTNER, "444455556666"), "SendMessage", "ReceiveMessage");
        sendAsPartner();
        assertThat(queues.receive(url, 10)).hasSize(1);

        remove("partner");
        assertThatThrownBy(this::sendAsPartner).isInstanceOf(Fault.class);
        assertThat(policy()).isNull();
    }

    @Test
    void oneOfSeveralPermissionsIsRemovedByItsLabel() {
        add("first", List.of(PARTNER), "SendMessage");
        add("second", List.of(PARTNER), "ReceiveMessage");

        remove("first");

        assertThat(policy()).contains("second").doesNotContain("first");
    }

    @Test
    void aLabelIsAddedOnceAndOnlyOneThatIsThereIsRemoved() {
        add("partner", List.of(PARTNER), "SendMessage");

        refused(
                () -> add("partner", List.of(PARTNER), "ReceiveMessage"),
                "InvalidParameterValue",
                "Value partner for parameter Label is invalid. Reason: Already exists.");
        refused(
                () -> remove("friend"),
                "InvalidParameterValue",
                "Value friend for parameter Label is invalid. Reason: can't find label on existing policy.");
    }

    @Test
    void whatNoOtherAccountMayDoIsRefused() {
        refused(
                () -> add("partner", List.of(PARTNER), "DeleteQueue"),
                "InvalidParameterValue",
                "Value SQS:DeleteQueue for parameter ActionName is invalid. Reason: Only the queue owner is allowed to"
                        + " invoke this action.");
        refused(
                () -> add("partner", List.of(PARTNER), "Dance"),
                "InvalidParameterValue",
                "Value SQS:Dance for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a"
                        + " list of valid actions.");
        refused(
                () -> add("partner", List.of("bob"), "SendMessage"),
                "InvalidParameterValue",
                "Value [bob] for parameter PrincipalId is invalid. Reason: Unable to verify.");
        assertThatThrownBy(() -> add(
                        "partner",
                        List.of(PARTNER),
                        "SendMessage",
                        "ReceiveMessage",
                        "DeleteMessage",
                        "GetQueueUrl",
                        "GetQueueAttributes",
                        "PurgeQueue",
                        "ChangeMessageVisibility",
                        "ListDeadLetterSourceQueues"))
                .isInstanceOf(OverLimit.class)
                .hasMessage("8 Actions were found, maximum allowed is 7.");
        assertThat(policy()).isNull();
    }
}
