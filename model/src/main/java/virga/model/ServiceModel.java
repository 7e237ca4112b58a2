package virga.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service as clients know it.
 *
 * @param name the name in ARNs and IAM actions: {@code sqs}, {@code dynamodb}, {@code lambda}, {@code apigateway}
 * @param modelName botocore's name: {@code sqs}, {@code apigatewayv2}
 * @param signingName the service in a signature's scope
 * @param endpointPrefix the first label of its host names
 * @param protocols the wire protocols it answers, the preferred one first
 * @param targetPrefix of {@code X-Amz-Target}, awsJson only; else empty
 * @param jsonVersion {@code 1.0} or {@code 1.1}, awsJson only; else empty
 * @param xmlNamespace of awsQuery and restXml answers; else empty
 */
public record ServiceModel(
        String name,
        String modelName,
        String signingName,
        String endpointPrefix,
        String apiVersion,
        List<Protocol> protocols,
        String targetPrefix,
        String jsonVersion,
        String xmlNamespace,
        Map<String, Operation<?, ?>> operations) {
    /** AWS's wire protocols. */
    public enum Protocol {
        AWS_JSON,
        AWS_QUERY,
        REST_JSON,
        REST_XML,
        RPC_V2_CBOR
    }

    public ServiceModel {
        protocols = List.copyOf(protocols);
        operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    }

    /** The operations by their names, in the order given: for generated code. */
    public static Map<String, Operation<?, ?>> named(Operation<?, ?>... operations) {
        Map<String, Operation<?, ?>> named = new LinkedHashMap<>();
        for (Operation<?, ?> operation : operations) {
            named.put(operation.name(), operation);
        }
        return named;
    }

    public Optional<Operation<?, ?>> operation(String operationName) {
        return Optional.ofNullable(operations.get(operationName));
    }

    /** Every operation, modelled or only known. */
    public Collection<Operation<?, ?>> all() {
        return operations.values();
    }
}
