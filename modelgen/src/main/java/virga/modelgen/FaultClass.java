package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import virga.modelgen.ShapeFile.MemberFile;

/** The class of an error: a fault that knows its shape, and has a builder where it tells more than a message. */
record FaultClass(Members members, ShapeFile shape, String name) {
    String write() {
        members.checkAccessors(shape);
        JavaTypes types = members.types();
        StringBuilder body = new StringBuilder("""
                /** The error {@code %s} of %s. */
                public final class %s extends %s {
                    static final %s SCHEMA = %s;
                    public static final %s SHAPE = %s;

                    public %s(String message) {
                        this(message, new Object[] {%s});
                    }

                    private %s(String message, Object[] values) {
                        super(SHAPE, message, new %s(SCHEMA, values));
                    }
                """.formatted(
                        shape.name(),
                        members.service().key(),
                        name,
                        types.runtime("ModelledFault"),
                        types.runtime("Schema"),
                        members.schema(shape),
                        types.runtime("ErrorShape"),
                        errorShape(),
                        name,
                        initialValues(),
                        name,
                        types.runtime("DynamicStructure")));
        if (!further().isEmpty()) {
            further().forEach(member -> body.append(members.accessor(shape, member)));
            body.append(builder());
        }
        return types.file(body.append("}\n").toString());
    }

    private String errorShape() {
        JsonNode error = shape.traits().get("error");
        return "new %s(%s, %s, %d, %b, SCHEMA)"
                .formatted(
                        members.types().runtime("ErrorShape"),
                        TraitsWriter.literal(error.path("code").asText(shape.name())),
                        TraitsWriter.literal(error.path("queryCode").asText("")),
                        error.get("status").asInt(),
                        error.get("sender").asBoolean());
    }

    private String initialValues() {
        Optional<MemberFile> message = shape.messageMember();
        List<String> values = shape.members().stream()
                .map(member -> message.filter(member::equals).isPresent() ? "message" : "null")
                .toList();
        return String.join(", ", values);
    }

    private List<MemberFile> further() {
        Optional<MemberFile> message = shape.messageMember();
        return shape.members().stream()
                .filter(member -> message.filter(member::equals).isEmpty())
                .toList();
    }

    private String builder() {
        String keep = shape.messageMember()
                .map(member -> "            set(%d, value);\n".formatted(member.index()))
                .orElse("");
        StringBuilder text = new StringBuilder("""

                    public static Builder builder() {
                        return new Builder();
                    }

                    public static final class Builder extends %s {
                        private String message;

                        private Builder() {
                            super(new Object[%d]);
                        }

                        public Builder message(String value) {
                            message = value;
                %s            return this;
                        }
                """.formatted(
                members.types().runtime("StructureBuilder"), shape.members().size(), keep));
        further().forEach(member -> text.append(members.setter(shape, member)));
        return text.append("""

                        public %s build() {
                            return new %s(message, values());
                        }
                    }
                """.formatted(name, name)).toString();
    }
}
