package virga.kernel;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** What Virga does not do yet, answered in the service's own error shape with code {@code VirgaUnsupported}. */
public final class Unsupported extends Fault {
    private final List<String> paths;

    /** @param paths exactly what is not supported, as in {@code AWS::SQS::Queue/KmsMasterKeyId}; at least one, each is told once */
    public Unsupported(Collection<String> paths) {
        super(
                "VirgaUnsupported",
                501,
                "Virga does not support " + words(List.copyOf(new LinkedHashSet<>(paths))) + " yet");
        this.paths = List.copyOf(new LinkedHashSet<>(paths));
    }

    public List<String> paths() {
        return paths;
    }

    private static String words(List<String> paths) {
        int last = paths.size() - 1;
        if (last < 0) {
            throw new Bug("what is not supported has no name");
        }
        return last == 0 ? paths.getFirst() : String.join(", ", paths.subList(0, last)) + " and " + paths.getLast();
    }
}
