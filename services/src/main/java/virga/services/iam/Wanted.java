package virga.services.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.cloud.provision.Properties;
import virga.kernel.Fault;

/** What a template asks for, in the shapes that several IAM resource types share. */
final class Wanted {
    private Wanted() {}

    /** The inline documents of {@code Policies}, by name. */
    static SortedMap<String, String> inline(Properties properties) {
        SortedMap<String, String> inline = new TreeMap<>();
        properties
                .objects("Policies")
                .forEach(policy ->
                        inline.put(policy.requiredText("PolicyName"), policy.requiredDocument("PolicyDocument")));
        return inline;
    }

    /** The texts of a list property; none where it is absent. */
    static SortedSet<String> texts(Properties properties, String property) {
        return new TreeSet<>(properties.texts(property));
    }

    /** What {@code first} has and {@code second} has not. */
    static <T> List<T> without(Iterable<T> first, java.util.Collection<T> second) {
        List<T> rest = new ArrayList<>();
        for (T one : first) {
            if (!second.contains(one)) {
                rest.add(one);
            }
        }
        return rest;
    }

    /** Runs a step of a deletion; what is gone already is no error. */
    static void unlessGone(Runnable step) {
        try {
            step.run();
        } catch (Fault fault) {
            if (!fault.code().equals("NoSuchEntity")) {
                throw fault;
            }
        }
    }
}
