package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import virga.kernel.Fault;

/** {@code AWS::Serverless::Connector} and the attribute {@code Connectors}: what one resource may do with another. */
final class Connectors {
    private final ServerlessResource connector;

    Connectors(TransformState state, ServerlessResource connector) {
        this.connector = connector;
    }

    /** Makes connectors of the attributes. */
    static void takeOut(ObjectNode resources) {
        resources.properties().forEach(entry -> {
            if (entry.getValue().has("Connectors")) {
                throw Fault.unsupported(entry.getValue().path("Type").asText() + "/Connectors");
            }
        });
    }

    List<ResourceDraft> transform() {
        throw Fault.unsupported("AWS::Serverless::Connector " + connector.logicalId());
    }
}
