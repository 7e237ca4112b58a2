package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One service's model with its overlay applied.
 *
 * @param key the file's name, and the name of the package
 * @param metadata as the importer writes it
 * @param inputs the names of the shapes that an input can reach: what is required in them has been checked before a handler sees it
 */
record ServiceFile(
        String key,
        JsonNode metadata,
        Map<String, OperationFile> operations,
        Map<String, ShapeFile> shapes,
        Set<String> inputs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param http method, URI pattern and status; empty for protocols that post everything to one path
     * @param input empty where the operation is known but not modelled
     */
    record OperationFile(String name, List<String> http, String input, String output, List<String> errors) {
        boolean isModelled() {
            return !input.isEmpty();
        }
    }

    static ServiceFile read(Path file) throws IOException {
        String key = file.getFileName().toString().replace(".json", "");
        ObjectNode model = (ObjectNode) JSON.readTree(file.toFile());
        Path overlay = file.resolveSibling(key + ".overlay.json");
        if (Files.exists(overlay)) {
            new Overlay(overlay.getFileName().toString(), JSON.readTree(overlay.toFile())).applyTo(model);
        }
        return of(key, model);
    }

    static ServiceFile of(String key, JsonNode model) {
        Map<String, ShapeFile> shapes = new LinkedHashMap<>();
        model.get("shapes")
                .properties()
                .forEach(each -> shapes.put(each.getKey(), ShapeFile.of(each.getKey(), each.getValue())));
        Map<String, OperationFile> operations = new LinkedHashMap<>();
        model.get("operations")
                .properties()
                .forEach(each -> operations.put(each.getKey(), operation(each.getKey(), each.getValue(), shapes)));
        ServiceFile service = new ServiceFile(key, model.get("metadata"), operations, shapes, new TreeSet<>());
        service.checkTargets();
        service.collectInputs();
        return service;
    }

    private static OperationFile operation(String name, JsonNode node, Map<String, ShapeFile> shapes) {
        List<String> http = texts(node.path("http"));
        if (!node.path("modelled").asBoolean()) {
            return new OperationFile(name, http, "", "", List.of());
        }
        return new OperationFile(
                name,
                http,
                end(node.path("input").asText(""), name + "Request", shapes),
                end(node.path("output").asText(""), name + "Response", shapes),
                texts(node.path("errors")));
    }

    /** An operation that takes or gives nothing has an empty structure of its own, named as the SDKs name it. */
    private static String end(String shape, String named, Map<String, ShapeFile> shapes) {
        if (!shape.isEmpty()) {
            return shape;
        }
        if (shapes.putIfAbsent(named, ShapeFile.empty(named)) != null) {
            throw new ModelMistake("An empty structure " + named + " is needed, but there is a shape of that name");
        }
        return named;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    ShapeFile shape(String name) {
        return shapes.get(name);
    }

    private void checkTargets() {
        shapes.values().forEach(shape -> shape.allMembers().forEach(member -> check(member.target(), shape.name())));
        for (OperationFile operation : operations.values()) {
            if (operation.isModelled()) {
                check(operation.input(), operation.name());
                check(operation.output(), operation.name());
                operation.errors().forEach(error -> check(error, operation.name()));
            }
        }
    }

    private void check(String target, String from) {
        if (!shapes.containsKey(target)) {
            throw new ModelMistake(key + ": " + from + " refers to " + target + ", which is not in the model");
        }
    }

    private void collectInputs() {
        Deque<String> waiting = new ArrayDeque<>();
        operations.values().stream().filter(OperationFile::isModelled).forEach(each -> waiting.add(each.input()));
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (inputs.add(name)) {
                shapes.get(name).allMembers().forEach(member -> waiting.add(member.target()));
            }
        }
    }
}
