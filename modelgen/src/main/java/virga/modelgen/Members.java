package virga.modelgen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import virga.modelgen.ShapeFile.MemberFile;

/** What the classes of structures and of faults have in common: the schema, accessors and setters of members. */
record Members(ServiceFile service, JavaTypes types, Map<String, String> shapeConstants) {
    /** The reference to a shape. */
    String ref(String shape) {
        return "Shapes.to(Shapes.%s)".formatted(shapeConstants.get(shape));
    }

    /** The call that makes the schema of a structure, union or error. */
    String schema(ShapeFile shape) {
        StringJoiner arguments = new StringJoiner(",\n            ", "(\n            ", ")");
        arguments.add(TraitsWriter.literal(shape.name()));
        arguments.add(TraitsWriter.write(shape.traits(), types));
        arguments.add(ref(shape.name()));
        shape.members().forEach(member -> arguments.add(member(member)));
        return "%s.%s%s".formatted(types.runtime("Schema"), shape.isUnion() ? "union" : "structure", arguments);
    }

    /** The call that makes a member. */
    String member(MemberFile member) {
        return "%s.of(%s, %s, %s)"
                .formatted(
                        types.runtime("Member"),
                        TraitsWriter.literal(member.name()),
                        ref(member.target()),
                        TraitsWriter.write(member.traits(), types));
    }

    /** The accessor of a member; of a list or map also whether it is there at all. */
    String accessor(ShapeFile shape, MemberFile member) {
        String name = Names.accessor(member.name(), shape.isError());
        int index = member.index();
        if (types.isList(member) || types.isMap(member)) {
            String read = types.isList(member) ? "list" : "map";
            return method(types.of(member), name, read, index) + method("boolean", Names.has(name), "isSet", index);
        }
        if (member.is("required") && !shape.isError() && service.inputs().contains(shape.name())) {
            return types.plain(member).equals(types.of(member))
                    ? method(types.of(member), name, "required", index)
                    : method(types.plain(member), name, "this.<%s>required".formatted(types.of(member)), index);
        }
        return method("%s<%s>".formatted(types.use("java.util.Optional"), types.of(member)), name, "optional", index);
    }

    private static String method(String type, String name, String read, int index) {
        return """

                    public %s %s() {
                        return %s(%d);
                    }
                """.formatted(type, name, read, index);
    }

    /** The builder's setter of a member. */
    String setter(ShapeFile shape, MemberFile member) {
        String set = types.isList(member) ? "setList" : types.isMap(member) ? "setMap" : "set";
        return """

                        public Builder %s(%s value) {
                            %s(%d, value);
                            return this;
                        }
                """.formatted(Names.accessor(member.name(), shape.isError()), types.of(member), set, member.index());
    }

    /** Fails where two accessors of one class would be the same method. */
    void checkAccessors(ShapeFile shape) {
        Map<String, Integer> seen = new HashMap<>();
        for (MemberFile member : shape.members()) {
            String name = Names.accessor(member.name(), shape.isError());
            boolean many = types.isList(member) || types.isMap(member);
            for (String method : many ? List.of(name, Names.has(name)) : List.of(name)) {
                if (seen.put(method, member.index()) != null) {
                    throw new ModelMistake(service.key() + ": " + shape.name() + " would have two methods " + method);
                }
            }
        }
    }
}
