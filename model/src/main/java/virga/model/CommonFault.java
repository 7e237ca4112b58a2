package virga.model;

import virga.kernel.Fault;
import virga.model.ServiceModel.Protocol;

/** A {@link CommonError} that was met. Its code and status are those of one protocol; a client that speaks another is told its own. */
public final class CommonFault extends Fault {
    private final transient CommonError error;
    private final transient ServiceModel service;

    CommonFault(CommonError error, ServiceModel service, Protocol protocol, String message) {
        super(
                error.name(service, protocol).code(),
                error.name(service, protocol).status(),
                message);
        this.error = error;
        this.service = service;
    }

    public CommonError error() {
        return error;
    }

    /** The same error, named for clients that speak {@code protocol}. */
    public CommonFault in(Protocol protocol) {
        return new CommonFault(error, service, protocol, getMessage());
    }
}
