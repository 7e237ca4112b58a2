package virga.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import virga.model.Member;

/**
 * Which members of the model's structures some code reads: by a generated accessor, or by name where a class looks members up. It is
 * told from the constant pools of compiled classes, so a read counts for every operation that shares the structure.
 */
final class MemberReads {
    /** Where a class of a service calls one of these, its texts are taken for the names that it looks up. */
    private static final Set<String> LOOKUPS =
            Set.of("virga/services/s3/Members", "virga/services/dynamodb/Expressions");

    private final Set<String> accessors = new HashSet<>();
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, Map<Integer, Set<String>>> accessorsByIndex = new HashMap<>();

    /** The classes under {@code folder}. */
    static MemberReads of(Path folder) {
        MemberReads reads = new MemberReads();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> reads.add(parse(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reads;
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ClassModel model) {
        Set<String> texts = new HashSet<>();
        boolean byName = false;
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry reference) {
                String owner = reference.owner().asInternalName();
                accessors.add(owner + "." + reference.name().stringValue());
                byName |= LOOKUPS.contains(owner)
                        || owner.startsWith("virga/model/")
                                && Set.of("get", "member")
                                        .contains(reference.name().stringValue());
            } else if (entry instanceof StringEntry text) {
                texts.add(text.stringValue());
            }
        }
        if (byName) {
            String name = model.thisClass().asInternalName();
            String service = String.join("/", List.of(name.split("/")).subList(0, 3));
            names.computeIfAbsent(service, unused -> new HashSet<>()).addAll(texts);
        }
    }

    /** Whether some class reads {@code member} of the generated class {@code type}. */
    boolean has(Class<?> type, Member member, String servicePackage) {
        String owner = type.getName().replace('.', '/');
        boolean accessed =
                accessorsByIndex
                        .computeIfAbsent(owner, unused -> accessors(type))
                        .getOrDefault(member.index(), Set.of())
                        .stream()
                        .anyMatch(accessor -> accessors.contains(owner + "." + accessor));
        return accessed || names.getOrDefault(servicePackage, Set.of()).contains(member.name());
    }

    /** The accessors of a generated class by the index of the value that they read. */
    private static Map<Integer, Set<String>> accessors(Class<?> type) {
        Map<Integer, Set<String>> found = new HashMap<>();
        for (MethodModel method : classFile(type).methods()) {
            if (method.methodTypeSymbol().parameterCount() == 0) {
                method.code().ifPresent(code -> {
                    for (CodeElement element : code) {
                        if (element instanceof ConstantInstruction constant
                                && constant.constantValue() instanceof Integer index) {
                            found.computeIfAbsent(index, unused -> new HashSet<>())
                                    .add(method.methodName().stringValue());
                        }
                    }
                });
            }
        }
        found.values().forEach(methods -> methods.removeAll(List.of("builder", "toBuilder", "<clinit>")));
        return found;
    }

    private static ClassModel classFile(Class<?> type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (var in = type.getResourceAsStream(name)) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
