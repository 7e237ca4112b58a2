package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import virga.kernel.Fault;
import virga.observe.json.Json;

/** A template of plain CloudFormation, in YAML or JSON: rules read it after its transforms. */
public final class Template {
    private static final Json.Structure NOTHING = new Json.Structure(new LinkedHashMap<>());

    private final SequencedMap<String, Resource> resources;

    private Template(SequencedMap<String, Resource> resources) {
        this.resources = resources;
    }

    /**
     * @param name the file's, or another that tells people where to look
     * @throws Fault {@code InvalidTemplate} with the line where it cannot be read, or has no resources
     */
    public static Template read(String name, String text) {
        TemplateText.Read read = TemplateText.readTemplate(name, text);
        if (!(read.root().fields().get("Resources") instanceof Json.Structure declared)) {
            throw new Fault("InvalidTemplate", 400, name + ":1: there are no Resources");
        }
        SequencedMap<String, Resource> resources = new LinkedHashMap<>();
        declared.fields().forEach((logicalId, value) -> {
            if (value instanceof Json.Structure resource && resource.fields().get("Type") instanceof Json.Text type) {
                // What a tool packed onto one line has no place that would help to find it.
                String location = text.strip().contains("\n")
                        ? name + ":" + read.lines().getOrDefault("Resources/" + logicalId, 1)
                        : "";
                resources.put(
                        logicalId,
                        new Resource(
                                new Subject(logicalId, logicalId, location),
                                type.value(),
                                structure(resource, "Properties"),
                                structure(resource, "Metadata")));
            }
        });
        return new Template(resources);
    }

    /**
     * This template, with what {@code source} says of where things are declared: a transform made this one of it. What the transform
     * added counts as declared by the resource whose logical id its own begins with, as the SAM transform names them.
     */
    public Template madeOf(Template source) {
        SequencedMap<String, Resource> placed = new LinkedHashMap<>();
        resources.forEach((logicalId, resource) -> {
            Resource origin = source.resources.values().stream()
                    .filter(candidate -> logicalId.startsWith(candidate.logicalId()))
                    .max(java.util.Comparator.comparingInt(
                            candidate -> candidate.logicalId().length()))
                    .orElse(resource);
            Subject subject =
                    new Subject(logicalId, origin.logicalId(), origin.subject().location());
            placed.put(logicalId, new Resource(subject, resource.type(), resource.properties(), origin.metadata()));
        });
        return new Template(placed);
    }

    /** A resource with its properties. */
    record Resource(Subject subject, String type, Json.Structure properties, Json.Structure metadata) {
        String logicalId() {
            return subject.name();
        }

        Optional<Json> property(String... path) {
            return Template.at(properties, path);
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

    /** What findings say of a resource of this template. */
    public Optional<Subject> subject(String logicalId) {
        return resource(logicalId).map(Resource::subject);
    }

    /** All resources, by logical id, in their order. */
    Map<String, Resource> resources() {
        return java.util.Collections.unmodifiableMap(resources);
    }

    List<Resource> ofType(String type) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /** The resource that a {@code Ref}, {@code Fn::GetAtt} or {@code Fn::Sub} names, where it is of this template. */
    Optional<Resource> referred(Json value) {
        if (!(value instanceof Json.Structure structure)) {
            return Optional.empty();
        }
        if (structure.fields().get("Ref") instanceof Json.Text name) {
            return resource(name.value());
        }
        if (structure.fields().get("Fn::Sub") instanceof Json.Text text
                && text.value().matches("\\$\\{[^}]+}")) {
            String name = text.value().substring(2, text.value().length() - 1);
            return resource(name.split("\\.")[0]);
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
        return Optional.ofNullable(resources.get(logicalId));
    }

    /** The value at a path of fields; empty where one is not there. */
    static Optional<Json> at(Json json, String... path) {
        Json here = json;
        for (String name : path) {
            if (!(here instanceof Json.Structure structure)
                    || !structure.fields().containsKey(name)) {
                return Optional.empty();
            }
            here = structure.fields().get(name);
        }
        return Optional.of(here);
    }

    private static Json.Structure structure(Json json, String name) {
        return at(json, name)
                .filter(Json.Structure.class::isInstance)
                .map(Json.Structure.class::cast)
                .orElse(NOTHING);
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
