package virga.cloud.provision;

/**
 * Makes, changes and deletes resources of one CloudFormation type, by calling its own service's operations as the stack's principal.
 * Properties arrive resolved (no intrinsic functions) and checked against {@link #properties}.
 *
 * <p>Each operation is idempotent: after a crash it is run again with the same {@link Provisioning#token}.
 */
public interface Provisioner {
    /** As in {@code AWS::SQS::Queue}. */
    String type();

    /** The properties that are understood, and what changing each one means. */
    PropertyRules properties();

    Provisioned create(Provisioning request) throws InterruptedException;

    /** Changes the resource in place; called only where no changed property asks for replacement. */
    Provisioned update(
            Provisioning request, Provisioned current, com.fasterxml.jackson.databind.JsonNode previousProperties)
            throws InterruptedException;

    /** Deletes the resource; one that is gone already is no error. */
    void delete(Provisioning request, Provisioned current) throws InterruptedException;
}
