package virga.modelgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The table of a service's shapes: their numbers, and the schemas of those that have no class. */
record ShapesClass(ServiceFile service, JavaTypes types, Map<String, String> shapeConstants) {
    /** So that no method comes near Java's limit of 64 KB, nor the compiler's for methods it optimises. */
    private static final int SHAPES_A_METHOD = 60;

    String write() {
        StringBuilder body = new StringBuilder("/** The shapes of %s by number. */\nfinal class Shapes extends %s {\n"
                .formatted(service.key(), types.runtime("ShapeTable")));
        int number = 0;
        for (String constant : shapeConstants.values()) {
            body.append("    static final int %s = %d;\n".formatted(constant, number++));
        }
        body.append("""

                    private static final Shapes TABLE = new Shapes();

                    private Shapes() {
                        super(%d);
                    }

                    static Ref to(int shape) {
                        return TABLE.ref(shape);
                    }

                    static %s<%s<%s>> faults(int... shapes) {
                        return TABLE.errors(shapes);
                    }
                """.formatted(
                        number,
                        types.use("java.util.function.Supplier"),
                        types.use("java.util.List"),
                        types.runtime("ErrorShape")));
        List<ShapeFile> all = List.copyOf(service.shapes().values());
        List<ShapeFile> structures = all.stream().filter(ShapeFile::isStructure).toList();
        List<ShapeFile> errors = all.stream().filter(ShapeFile::isError).toList();
        body.append(method(types.runtime("Schema"), "schema", "", all, this::schema));
        body.append(method(types.runtime("Structure"), "structure", "Object[] values", structures, this::structure));
        body.append(method(
                types.runtime("ErrorShape"), "error", "", errors, shape -> types.generated(shape.name()) + ".SHAPE"));
        return types.file(body.append("}\n").toString());
    }

    /** A method that switches over shapes, in pieces; each piece hands what it does not know to the next. */
    private String method(
            String type, String name, String parameter, List<ShapeFile> shapes, Function<ShapeFile, String> value) {
        String declared = parameter.isEmpty() ? "" : ", " + parameter;
        String passed = parameter.isEmpty() ? "" : ", values";
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from == 0 || from < shapes.size(); from += SHAPES_A_METHOD) {
            List<ShapeFile> part = shapes.subList(from, Math.min(shapes.size(), from + SHAPES_A_METHOD));
            boolean last = from + SHAPES_A_METHOD >= shapes.size();
            int piece = from / SHAPES_A_METHOD;
            StringBuilder cases = new StringBuilder();
            part.forEach(shape -> cases.append(
                    "            case %s -> %s;\n".formatted(shapeConstants.get(shape.name()), value.apply(shape))));
            String otherwise = last
                    ? "throw new %s(\"no %s has the number \" + shape)".formatted(types.use("virga.kernel.Bug"), name)
                    : "%s%d(shape%s)".formatted(name, piece + 1, passed);
            pieces.add("""

                    %s%s %s(int shape%s) {
                        return switch (shape) {
                %s            default -> %s;
                        };
                    }
                """.formatted(
                            piece == 0 ? "@Override\n    protected " : "private static ",
                            type,
                            piece == 0 ? name : name + piece,
                            declared,
                            cases,
                            otherwise));
        }
        return String.join("", pieces);
    }

    private String structure(ShapeFile shape) {
        String type = types.generated(shape.name());
        return shape.isError()
                ? "new %s(%s.SCHEMA, values)".formatted(types.runtime("DynamicStructure"), type)
                : type + ".make(values)";
    }

    private String schema(ShapeFile shape) {
        Members members = new Members(service, types, shapeConstants);
        String schema = types.runtime("Schema");
        String named = TraitsWriter.literal(shape.name());
        String traits = TraitsWriter.write(shape.traits(), types);
        return switch (shape.type()) {
            case "structure", "union" -> types.generated(shape.name()) + ".SCHEMA";
            case "list" ->
                "%s.list(%s, %s, %s)"
                        .formatted(
                                schema,
                                named,
                                traits,
                                members.member(shape.members().get(0)));
            case "map" ->
                "%s.map(%s, %s, %s, %s)"
                        .formatted(
                                schema,
                                named,
                                traits,
                                members.member(shape.members().get(0)),
                                members.member(shape.members().get(1)));
            default ->
                "%s.scalar(%s, %s.%s, %s)"
                        .formatted(schema, named, types.runtime("ShapeType"), shapeType(shape.type()), traits);
        };
    }

    private static String shapeType(String type) {
        return switch (type) {
            case "character" -> "STRING";
            case "bigInteger" -> "BIG_INTEGER";
            case "bigDecimal" -> "BIG_DECIMAL";
            default -> type.toUpperCase(Locale.ROOT);
        };
    }
}
