package virga.reviewer.rules;

import java.util.List;
import java.util.Optional;
import virga.observe.json.Json;

/** A template of plain CloudFormation, after its transforms. */
public final class Template {
    private final Json.Structure resources;

    private Template(Json.Structure resources) {
        this.resources = resources;
    }

    /** @return empty where {@code body} is not a template in JSON */
    public static Optional<Template> parse(String body) {
        return Json.parse(body).flatMap(json -> structure(json, "Resources")).map(Template::new);
    }

    /** A resource with its properties. */
    record Resource(String logicalId, String type, Json.Structure properties) {
        Optional<Json> property(String... path) {
            Json here = properties;
            for (String name : path) {
                if (!(here instanceof Json.Structure structure)
                        || !structure.fields().containsKey(name)) {
                    return Optional.empty();
                }
                here = structure.fields().get(name);
            }
            return Optional.of(here);
        }

        String text(String name) {
            return property(name)
                    .map(value -> value instanceof Json.Text text ? text.value() : "")
                    .orElse("");
        }

        /** A number that may be written as text; {@code fallback} where it is left out or computed. */
        int number(String name, int fallback) {
            return property(name)
                    .map(value -> switch (value) {
                        case Json.Number number -> number.literal();
                        case Json.Text text -> text.value();
                        case Json other -> "";
                    })
                    .filter(literal -> literal.matches("\\d{1,9}"))
                    .map(Integer::parseInt)
                    .orElse(fallback);
        }

        List<Json.Structure> list(String name) {
            return property(name).map(Template::structures).orElse(List.of());
        }
    }

    List<Resource> ofType(String type) {
        return resources.fields().keySet().stream()
                .map(this::resource)
                .flatMap(Optional::stream)
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /** The resource that a {@code Ref} or {@code Fn::GetAtt} names, where it is of this template. */
    Optional<Resource> referred(Json value) {
        if (!(value instanceof Json.Structure structure)) {
            return Optional.empty();
        }
        if (structure.fields().get("Ref") instanceof Json.Text name) {
            return resource(name.value());
        }
        return switch (structure.fields().getOrDefault("Fn::GetAtt", new Json.Null())) {
            case Json.Array parts
            when !parts.elements().isEmpty() && parts.elements().getFirst() instanceof Json.Text name ->
                resource(name.value());
            case Json.Text dotted -> resource(dotted.value().split("\\.")[0]);
            case Json other -> Optional.empty();
        };
    }

    private Optional<Resource> resource(String logicalId) {
        Json found = resources.fields().get(logicalId);
        if (!(found instanceof Json.Structure resource) || !(resource.fields().get("Type") instanceof Json.Text type)) {
            return Optional.empty();
        }
        Json.Structure none = new Json.Structure(new java.util.LinkedHashMap<>());
        return Optional.of(new Resource(
                logicalId, type.value(), structure(resource, "Properties").orElse(none)));
    }

    private static Optional<Json.Structure> structure(Json json, String name) {
        return json instanceof Json.Structure outer && outer.fields().get(name) instanceof Json.Structure inner
                ? Optional.of(inner)
                : Optional.empty();
    }

    static List<Json.Structure> structures(Json json) {
        return json instanceof Json.Array array
                ? array.elements().stream()
                        .filter(Json.Structure.class::isInstance)
                        .map(Json.Structure.class::cast)
                        .toList()
                : List.of();
    }
}
