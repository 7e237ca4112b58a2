package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.modelgen.ServiceFile.OperationFile;

/** The class of a service: a constant for each operation, and its model. */
record ServiceClass(ServiceFile service, JavaTypes types, Map<String, String> shapeConstants, String name) {
    String write() {
        Map<String, String> constants = JavaTypes.constants(service.operations().keySet(), Set.of("SERVICE", "MODEL"));
        StringBuilder body = new StringBuilder("""
                /** The operations of %s, API version %s. */
                public final class %s {
                    private static final %s<%s> SERVICE = () -> %s.MODEL;
                """.formatted(
                        service.key(),
                        text("apiVersion"),
                        name,
                        types.use("java.util.function.Supplier"),
                        types.runtime("ServiceModel"),
                        name));
        service.operations().values().forEach(each -> body.append(operation(each, constants.get(each.name()))));
        body.append(model(constants));
        body.append("\n    private %s() {}\n}\n".formatted(name));
        return types.file(body.toString());
    }

    private String operation(OperationFile operation, String constant) {
        String type = types.runtime("Operation");
        String named = TraitsWriter.literal(operation.name());
        if (!operation.isModelled()) {
            String structure = types.runtime("Structure");
            return "    public static final %s<%s, %s> %s = %s.known(SERVICE, %s, %s);\n"
                    .formatted(type, structure, structure, constant, type, named, http(operation));
        }
        List<String> errors = operation.errors().stream()
                .map(error -> "Shapes." + shapeConstants.get(error))
                .toList();
        return """
                    public static final %s<%s, %s> %s = %s.of(
                            SERVICE, %s, %s, %s, %s,
                            Shapes.faults(%s));
                """.formatted(
                        type,
                        types.generated(operation.input()),
                        types.generated(operation.output()),
                        constant,
                        type,
                        named,
                        http(operation),
                        ref(operation.input()),
                        ref(operation.output()),
                        String.join(", ", errors));
    }

    private String ref(String shape) {
        return "Shapes.to(Shapes.%s)".formatted(shapeConstants.get(shape));
    }

    private String http(OperationFile operation) {
        String binding = types.use("virga.model.Operation.HttpBinding");
        if (operation.http().isEmpty()) {
            return binding + ".RPC";
        }
        List<String> http = operation.http();
        return "new %s(%s, %s, %s)"
                .formatted(binding, TraitsWriter.literal(http.get(0)), TraitsWriter.literal(http.get(1)), http.get(2));
    }

    private String model(Map<String, String> constants) {
        JsonNode metadata = service.metadata();
        String protocol = types.use("virga.model.ServiceModel.Protocol");
        List<String> protocols = ServiceFile.texts(metadata.get("protocols")).stream()
                .map(each -> protocol + "." + each)
                .toList();
        return """

                    public static final %s MODEL = new %s(
                            %s, %s, %s, %s, %s, %s.of(%s), %s, %s, %s,
                            %s.named(
                                    %s));
                """.formatted(
                        types.runtime("ServiceModel"),
                        types.runtime("ServiceModel"),
                        literal("name"),
                        literal("modelName"),
                        literal("signingName"),
                        literal("endpointPrefix"),
                        literal("apiVersion"),
                        types.use("java.util.List"),
                        String.join(", ", protocols),
                        literal("targetPrefix"),
                        literal("jsonVersion"),
                        literal("xmlNamespace"),
                        types.runtime("ServiceModel"),
                        String.join(",\n                    ", constants.values()));
    }

    private String text(String key) {
        return service.metadata().path(key).asText("");
    }

    private String literal(String key) {
        return TraitsWriter.literal(text(key));
    }
}
