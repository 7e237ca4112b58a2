package virga.modelgen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All the files of one service's package. */
final class ServiceWriter {
    /** A longer enum than this gets no constants: nobody reads them, and everybody would load them. */
    private static final int MOST_CONSTANTS = 60;

    private final ServiceFile service;
    private final Map<String, String> classes = new LinkedHashMap<>();
    private final Map<String, String> shapeConstants;

    ServiceWriter(ServiceFile service) {
        this.service = service;
        String serviceClass = service.metadata().get("class").asText();
        for (ShapeFile shape : service.shapes().values()) {
            if (shape.isStructure() || hasConstants(shape)) {
                classes.put(shape.name(), Names.type(shape.name(), serviceClass));
            }
        }
        classes.put("(service)", serviceClass);
        Names.checkDistinctFiles(classes.values(), service.key());
        shapeConstants = JavaTypes.constants(service.shapes().keySet(), Set.of("TABLE"));
    }

    private static boolean hasConstants(ShapeFile shape) {
        int values = shape.enumValues().size();
        return values > 0 && values <= MOST_CONSTANTS;
    }

    /** The content of each file by its name. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (ShapeFile shape : service.shapes().values()) {
            String name = classes.get(shape.name());
            if (name != null) {
                files.put(name + ".java", shapeClass(shape, name));
            }
        }
        files.put("Shapes.java", new ShapesClass(service, types(), shapeConstants).write());
        files.put(
                classes.get("(service)") + ".java",
                new ServiceClass(service, types(), shapeConstants, classes.get("(service)")).write());
        files.put("package-info.java", packageInfo());
        return files;
    }

    private String shapeClass(ShapeFile shape, String name) {
        Members members = new Members(service, types(), shapeConstants);
        if (shape.isError()) {
            return new FaultClass(members, shape, name).write();
        }
        return shape.isStructure() ? new StructureClass(members, shape, name).write() : enumClass(shape, name);
    }

    private String enumClass(ShapeFile shape, String name) {
        StringBuilder body = new StringBuilder("/** The values of {@code %s} of %s. */\npublic final class %s {\n"
                .formatted(shape.name(), service.key(), name));
        JavaTypes.constants(shape.enumValues(), Set.of())
                .forEach((value, constant) -> body.append(
                        "    public static final String %s = %s;\n".formatted(constant, TraitsWriter.literal(value))));
        return types().file(body.append("\n    private %s() {}\n}\n".formatted(name))
                .toString());
    }

    private String packageInfo() {
        return "/** Generated from {@code %s.json} in {@code model/src/main/models} and its overlay. */\npackage virga.model.%s;\n"
                .formatted(service.key(), service.key());
    }

    private JavaTypes types() {
        return new JavaTypes(service, classes);
    }
}
