package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A shape of a model file.
 *
 * @param type botocore's word: string, integer, list, map, structure, union, document, ...
 * @param traits the node itself, for {@link TraitsWriter}
 * @param members of a structure or union, in order; else the element, or key and value
 */
record ShapeFile(String name, String type, JsonNode traits, List<MemberFile> members) {
    /** A member, or the element, key or value of a list or map. */
    record MemberFile(String name, int index, String target, JsonNode traits) {
        boolean is(String trait) {
            return traits.path(trait).asBoolean();
        }
    }

    static ShapeFile empty(String name) {
        return new ShapeFile(name, "structure", JsonNodeFactory.instance.objectNode(), List.of());
    }

    static ShapeFile of(String name, JsonNode node) {
        List<MemberFile> members = new ArrayList<>();
        for (String role : List.of("member", "key", "value")) {
            if (node.has(role)) {
                members.add(member(role, members.size(), node.get(role)));
            }
        }
        node.path("members")
                .properties()
                .forEach(each -> members.add(member(each.getKey(), members.size(), each.getValue())));
        return new ShapeFile(name, node.get("type").asText(), node, members);
    }

    private static MemberFile member(String name, int index, JsonNode node) {
        return new MemberFile(name, index, node.get("shape").asText(), node);
    }

    List<MemberFile> allMembers() {
        return members;
    }

    boolean isStructure() {
        return type.equals("structure") || type.equals("union");
    }

    boolean isUnion() {
        return type.equals("union");
    }

    boolean isError() {
        return traits.has("error");
    }

    boolean is(String trait) {
        return traits.path(trait).asBoolean();
    }

    List<String> enumValues() {
        return ServiceFile.texts(traits.path("enum"));
    }

    /** The member that carries an error's text: called message, in one case or another. */
    Optional<MemberFile> messageMember() {
        return IntStream.range(0, members.size())
                .mapToObj(members::get)
                .filter(member -> member.name().equalsIgnoreCase("message"))
                .findFirst();
    }
}
