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

    /**
     * Changes the resource in place; called only where no changed property asks for replacement. Where every property does, what is left
     * are the stack's tags, which nothing is done with.
     */
    default Provisioned update(Provisioning request, Provisioned current, Properties previous)
            throws InterruptedException {
        return current;
    }

    /** Deletes the resource; one that is gone already is no error. */
    void delete(Provisioning request, Provisioned current) throws InterruptedException;
}
