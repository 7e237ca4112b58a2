package virga.cloud;

import java.util.List;
import java.util.function.BiFunction;
import virga.kernel.Call;
import virga.model.Operation;
import virga.model.Structure;

/** Takes what a {@link Service} offers. Binding an operation twice is a bug. */
public interface Binder {
    <I extends Structure, O extends Structure> Binding<I> atomic(Operation<I, O> operation, Atomic<I, O> handler);

    <I extends Structure, O extends Structure> Binding<I> conversation(
            Operation<I, O> operation, Conversation<I, O> handler);

    <I extends Structure, O extends Structure> Binding<I> streaming(Operation<I, O> operation, Streaming<I, O> handler);

    /** Handles the outbox rows and timers of a kind. */
    <P> void task(TaskKind<P> kind, TaskHandler<P> handler);

    /** Runs the pollers of a kind. */
    <P> void poller(PollerKind<P> kind, Poller<P> poller);

    /** Lets CloudFormation make resources of one type. */
    void provisioner(virga.cloud.provision.Provisioner provisioner);

    /** Finds the provisioner of a type among those that all services have bound: for CloudFormation, once everything is bound. */
    java.util.function.Function<String, java.util.Optional<virga.cloud.provision.Provisioner>> provisioners();

    /** Where identity policies are kept: bound once, by IAM. */
    void identityPolicies(IdentityPolicies policies);

    /** The resource policies of one service: {@code lambda}'s function policies, {@code sqs}'s queue policies. */
    void resourcePolicies(ResourcePolicies policies);

    /** Answers requests to APIs that users deployed. */
    void userApis(virga.cloud.http.UserApis apis);

    /** How one operation is authorised; by default {@code service:Operation} on {@code *}. */
    interface Binding<I extends Structure> {
        /** The IAM action where it is not the operation's name: {@code lambda:InvokeFunction} for Invoke. */
        Binding<I> action(String iamAction);

        /**
         * Where one call takes several IAM actions, each on resources of its own: {@code dynamodb:PutItem} and {@code
         * dynamodb:DeleteItem} for a transaction. All must be allowed. {@link #resources} still says what the record names.
         */
        Binding<I> actions(BiFunction<Call, I, java.util.Map<String, List<String>>> resourcesByAction);

        /** The ARNs that the call is about: what policies match and what the record names. */
        Binding<I> resources(BiFunction<Call, I, List<String>> resources);

        /** Condition keys of this operation beside the global ones, as in {@code s3:prefix}; values are texts. */
        Binding<I> conditions(BiFunction<Call, I, java.util.Map<String, List<String>>> conditions);

        /** Not authorised at all, as AWS does for {@code sts:GetCallerIdentity}. */
        Binding<I> openToAll();
    }
}
