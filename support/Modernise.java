import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives the classes of a jar stack maps where they are of before Java 6 and have none. The JVM keeps no such class in its cache: it would
 * be read, and verified in the old slow way, at each start. What a class does stays as it is.
 *
 * <p>{@code java support/Modernise.java JAR}
 */
final class Modernise {
    /** Class files of Java 8, the first for which stack maps must be right. */
    private static final int JAVA_8 = 52;

    private Modernise() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path root = files.getPath("/");
            ClassFile classes = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy(root)));
            for (Path file : classFiles(root)) {
                ClassModel old = classes.parse(Files.readAllBytes(file));
                if (old.majorVersion() < ClassFile.JAVA_6_VERSION) {
                    Files.write(file, classes.transformClass(old, withStackMaps()));
                }
            }
        }
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /** Code that is taken apart and put together again gets its stack maps anew. */
    private static ClassTransform withStackMaps() {
        return ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                .andThen((builder, element) ->
                        builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(JAVA_8, 0) : element));
    }

    /** Where types meet in a stack map it must be known what they have in common. */
    private static ClassHierarchyResolver hierarchy(Path root) {
        return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> {
                    String descriptor = type.descriptorString();
                    Path file = root.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
                    try {
                        return Files.exists(file) ? Files.newInputStream(file) : null;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }
}
