package virga.protocol.wire;

import java.util.Optional;
import virga.kernel.Fault;
import virga.model.CommonFault;
import virga.model.ErrorShape;
import virga.model.ModelledFault;
import virga.model.Operation;
import virga.model.ServiceModel.Protocol;
import virga.model.Structure;

/**
 * A fault as a protocol needs it.
 *
 * @param code what clients of the service's first protocol see
 * @param queryCode what awsQuery clients see
 * @param sender whether the client is at fault
 * @param content the error's members; {@code null} where the fault has no shape
 */
record Failure(String code, String queryCode, int status, boolean sender, String message, Structure content) {
    /** @param protocol the one that the client speaks: common errors are named by it */
    static Failure of(Fault fault, Optional<Operation<?, ?>> operation, Protocol protocol) {
        String message = fault.getMessage() == null ? "" : fault.getMessage();
        if (fault instanceof ModelledFault modelled) {
            ErrorShape shape = modelled.shape();
            return new Failure(
                    shape.code(), queryCode(shape), fault.status(), shape.sender(), message, modelled.content());
        }
        if (fault instanceof CommonFault common) {
            Fault named = common.in(protocol);
            return new Failure(
                    named.code(),
                    common.in(Protocol.AWS_QUERY).code(),
                    named.status(),
                    named.isClientFault(),
                    message,
                    null);
        }
        Optional<ErrorShape> shape =
                operation.filter(Operation::isModelled).flatMap(known -> known.error(fault.code()));
        return new Failure(
                fault.code(),
                shape.map(Failure::queryCode).orElse(fault.code()),
                fault.status(),
                shape.map(ErrorShape::sender).orElse(fault.isClientFault()),
                message,
                null);
    }

    private static String queryCode(ErrorShape shape) {
        return shape.queryCode().isEmpty() ? shape.code() : shape.queryCode();
    }

    String blame() {
        return sender ? "Sender" : "Receiver";
    }
}
