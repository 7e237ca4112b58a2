package virga.protocol.wire;

import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

/** One wire protocol from the server's side. Stateless. */
public interface ServerProtocol {
    /**
     * Reads the input of {@code operation}. The body has been {@linkplain virga.protocol.body decoded} before.
     *
     * @param labels the decoded labels of a REST path; empty for the others
     * @throws Fault with the code that AWS answers to a malformed request, or {@code VirgaUnsupported} for an operation without shapes
     */
    Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request);

    /** Writes the answer to a call that succeeded. */
    HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange);

    /** Writes the answer to a call that failed. {@code operation} is empty where none was recognised. */
    HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange);

    /** The protocol that {@code kind} names. */
    static ServerProtocol of(ServiceModel.Protocol kind) {
        return switch (kind) {
            case AWS_JSON -> AwsJson.PROTOCOL;
            case AWS_QUERY -> AwsQuery.PROTOCOL;
            case REST_JSON -> RestJson.PROTOCOL;
            case REST_XML -> RestXml.PROTOCOL;
            case RPC_V2_CBOR -> RpcV2Cbor.PROTOCOL;
        };
    }

    /**
     * What an answer needs to know of what was asked.
     *
     * @param requestId the id that clients see
     */
    record Exchange(ServiceModel service, HttpRequest request, String requestId) {}
}
