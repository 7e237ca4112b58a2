package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Fault;

/**
 * What one run of the transform works on.
 *
 * @param source the template before its serverless resources are replaced; some events change other resources in it
 * @param result the template as it will be
 * @param derived what {@code Function.Alias} and its like stand for: logical id by {@code logicalId.property}
 * @param renamed resources whose logical id changed
 */
record TransformState(
        ObjectNode source,
        ObjectNode result,
        ParameterReferences parameters,
        String region,
        Map<String, String> derived,
        Map<String, String> renamed,
        List<Fault> faults) {
    static TransformState of(ObjectNode source, ParameterReferences parameters, String region) {
        return new TransformState(
                source,
                source.deepCopy(),
                parameters,
                region,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
    }

    ObjectNode resources() {
        return (ObjectNode) source.get("Resources");
    }

    ObjectNode resultResources() {
        return (ObjectNode) result.get("Resources");
    }

    /** Adds a condition to the result. */
    void condition(String name, JsonNode condition) {
        result.withObjectProperty("Conditions").set(name, condition);
    }
}
