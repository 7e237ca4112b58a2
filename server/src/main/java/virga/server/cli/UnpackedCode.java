package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Code in a local folder is packed when it is deployed; who reads a template alone does not look into it, so a stand-in does. */
final class UnpackedCode {
    private static final List<String> URIS = List.of("CodeUri", "ContentUri");
    private static final List<String> OTHER_CODE = List.of("CodeUri", "InlineCode", "ImageUri");
    private static final String STAND_IN = "s3://packed/when-deployed";

    private UnpackedCode() {}

    /** Changes {@code template} in place. */
    static void standIns(ObjectNode template) {
        JsonNode shared = template.path("Globals").path("Function");
        replace(shared);
        for (JsonNode resource : template.path("Resources")) {
            replace(resource.path("Properties"));
            boolean function = resource.path("Type").asText().equals("AWS::Serverless::Function");
            if (function
                    && resource.path("Properties") instanceof ObjectNode properties
                    && OTHER_CODE.stream().noneMatch(name -> properties.has(name) || shared.has(name))
                    && !properties.path("PackageType").asText().equals("Image")) {
                properties.put("CodeUri", STAND_IN);
            }
        }
    }

    private static void replace(JsonNode given) {
        if (given instanceof ObjectNode properties) {
            for (String uri : URIS) {
                if (properties.path(uri).isTextual()
                        && !properties.path(uri).asText().startsWith("s3://")) {
                    properties.put(uri, STAND_IN);
                }
            }
        }
    }
}
