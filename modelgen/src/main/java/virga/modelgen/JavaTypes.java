package virga.modelgen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import virga.modelgen.ShapeFile.MemberFile;

/**
 * The Java types of one file's members, and the imports they need. A class of the same package wins over an import: where a service has a
 * shape called {@code Operation}, ours is written with its package.
 */
final class JavaTypes {
    private static final Map<String, String> SCALARS = Map.ofEntries(
            Map.entry("boolean", "java.lang.Boolean"),
            Map.entry("byte", "java.lang.Byte"),
            Map.entry("short", "java.lang.Short"),
            Map.entry("integer", "java.lang.Integer"),
            Map.entry("long", "java.lang.Long"),
            Map.entry("float", "java.lang.Float"),
            Map.entry("double", "java.lang.Double"),
            Map.entry("bigInteger", "java.math.BigInteger"),
            Map.entry("bigDecimal", "java.math.BigDecimal"),
            Map.entry("string", "java.lang.String"),
            Map.entry("character", "java.lang.String"),
            Map.entry("blob", "virga.kernel.Bytes"),
            Map.entry("timestamp", "java.time.Instant"),
            Map.entry("document", "java.lang.Object"));
    private static final Map<String, String> PRIMITIVES = Map.of(
            "Boolean", "boolean", "Byte", "byte", "Short", "short", "Integer", "int", "Long", "long", "Float", "float",
            "Double", "double");

    private final ServiceFile service;
    private final Map<String, String> classes;
    private final Set<String> imports = new TreeSet<>();

    /** @param classes the service's generated classes by the name of their shape */
    JavaTypes(ServiceFile service, Map<String, String> classes) {
        this.service = service;
        this.classes = classes;
    }

    /** The class of a structure, union, error or enum. */
    String generated(String shape) {
        return classes.get(shape);
    }

    String runtime(String simpleName) {
        return use("virga.model." + simpleName);
    }

    /** The name to write for a class of another package, imported where that is possible. */
    String use(String qualified) {
        String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
        if (qualified.startsWith("java.lang.")) {
            return simple;
        }
        if (classes.containsValue(simple)) {
            return qualified;
        }
        imports.add(qualified);
        return simple;
    }

    /** The type of a member's value, never a primitive. */
    String of(MemberFile member) {
        ShapeFile target = service.shape(member.target());
        if (member.is("streaming") || target.is("streaming")) {
            return use("virga.kernel.ByteStream");
        }
        if (target.is("eventStream")) {
            return "%s<%s>".formatted(runtime("EventStream"), generated(target.name()));
        }
        return of(target);
    }

    /** The type of a required member: a primitive where there is one. */
    String plain(MemberFile member) {
        String type = of(member);
        return PRIMITIVES.getOrDefault(type, type);
    }

    private String of(ShapeFile shape) {
        return switch (shape.type()) {
            case "structure", "union" -> shape.isError() ? runtime("Structure") : generated(shape.name());
            case "list" ->
                "%s<%s>"
                        .formatted(
                                use("java.util.List"), element(shape.members().get(0)));
            case "map" ->
                "%s<String, %s>"
                        .formatted(use("java.util.Map"), element(shape.members().get(1)));
            default -> {
                String type = SCALARS.get(shape.type());
                if (type == null) {
                    throw new ModelMistake(
                            service.key() + ": " + shape.name() + " has the unknown type " + shape.type());
                }
                yield use(type);
            }
        };
    }

    /** What a list or map holds. */
    String element(MemberFile member) {
        return of(service.shape(member.target()));
    }

    boolean isList(MemberFile member) {
        return service.shape(member.target()).type().equals("list");
    }

    boolean isMap(MemberFile member) {
        return service.shape(member.target()).type().equals("map");
    }

    /** What a list or map member holds, one step down. */
    String content(MemberFile member) {
        return element(service.shape(member.target()).members().getLast());
    }

    /** The whole file: package, the imports asked for so far, body. */
    String file(String body) {
        StringBuilder text = new StringBuilder("package virga.model.%s;\n\n".formatted(service.key()));
        imports.forEach(each -> text.append("import ").append(each).append(";\n"));
        return text.append(imports.isEmpty() ? "" : "\n").append(body).toString();
    }

    /** Distinct constants for names, in their order. */
    static Map<String, String> constants(Iterable<String> names, Set<String> taken) {
        Set<String> used = new TreeSet<>(taken);
        Map<String, String> constants = new LinkedHashMap<>();
        names.forEach(name -> constants.put(name, Names.distinct(Names.constant(name), used)));
        return constants;
    }
}
