package virga.modelgen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** How names of AWS's models become Java names. */
final class Names {
    /** Simple names that mean something else to every reader of Java, and those that the generator uses itself. */
    private static final Set<String> TAKEN_CLASSES = Set.of(
            "Boolean",
            "Builder",
            "Byte",
            "Character",
            "Class",
            "Deprecated",
            "Double",
            "Enum",
            "Error",
            "Exception",
            "Float",
            "Integer",
            "Iterable",
            "Long",
            "Math",
            "Number",
            "Object",
            "Override",
            "Process",
            "RuntimeException",
            "Shapes",
            "Short",
            "String",
            "System",
            "Thread",
            "Throwable",
            "Void");

    /** Methods without parameters that every structure, every fault and every object have already. */
    private static final Set<String> TAKEN_METHODS = Set.of(
            "builder",
            "clone",
            "finalize",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "schema",
            "toBuilder",
            "toString",
            "wait");

    private static final Set<String> TAKEN_METHODS_OF_FAULTS = Set.of("code", "content", "shape", "status");

    private Names() {}

    /** {@code Object} of S3 is {@code S3Object}; every other shape keeps its name, with a capital first. */
    static String type(String shape, String serviceClass) {
        String name = upperFirst(identifier(shape));
        return TAKEN_CLASSES.contains(name) ? serviceClass + name : name;
    }

    /** {@code QueueUrl} is {@code queueUrl}, {@code MD5OfBody} is {@code md5OfBody}, {@code default} is {@code default_}. */
    static String accessor(String member, boolean ofFault) {
        String name = lowerFirstWord(identifier(member));
        boolean taken = TAKEN_METHODS.contains(name)
                || ofFault && TAKEN_METHODS_OF_FAULTS.contains(name)
                || SourceVersion.isKeyword(name);
        return taken ? name + "_" : name;
    }

    /** Whether a list or map was given at all: {@code hasEntries} beside {@code entries}. */
    static String has(String accessor) {
        return "has" + upperFirst(accessor);
    }

    /** {@code SendMessage} is {@code SEND_MESSAGE}, {@code python3.13} is {@code PYTHON3_13}. */
    static String constant(String name) {
        if (name.isEmpty()) {
            return "EMPTY";
        }
        List<String> words = new ArrayList<>();
        for (String part : name.replace("*", "Star").split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                words.add(part.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .replaceAll("(?<=[A-Z])(?=[A-Z][a-z])", "_")
                        .toUpperCase(Locale.ROOT));
            }
        }
        String joined = String.join("_", words);
        return joined.isEmpty() || Character.isDigit(joined.charAt(0)) ? "_" + joined : joined;
    }

    /** The same constant for two names: the later one gets a number. */
    static String distinct(String name, Set<String> taken) {
        String distinct = name;
        for (int number = 2; !taken.add(distinct); number++) {
            distinct = name + "_" + number;
        }
        return distinct;
    }

    /** Two classes whose names differ only in case would be one file on some systems. */
    static void checkDistinctFiles(Iterable<String> classes, String service) {
        Set<String> seen = new HashSet<>();
        for (String each : classes) {
            if (!seen.add(each.toLowerCase(Locale.ROOT))) {
                throw new ModelMistake(service + ": two classes would be called " + each);
            }
        }
    }

    private static String identifier(String name) {
        StringBuilder joined = new StringBuilder();
        for (String part : name.split("[^A-Za-z0-9]+")) {
            joined.append(joined.isEmpty() ? part : upperFirst(part));
        }
        return Character.isDigit(joined.charAt(0)) ? "_" + joined : joined.toString();
    }

    private static String upperFirst(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String lowerFirstWord(String name) {
        int capitals = 0;
        while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
            capitals++;
        }
        // The last capital before a small letter begins the next word: ETag is eTag, SSEKMSKeyId is ssekmsKeyId.
        boolean wordFollows = capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
        int first = capitals > 1 && wordFollows ? capitals - 1 : capitals;
        return name.substring(0, first).toLowerCase(Locale.ROOT) + name.substring(first);
    }
}
