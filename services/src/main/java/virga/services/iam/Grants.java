package virga.services.iam;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The policies of a role, user or group: inline documents by name, and the ARNs of attached managed ones. */
record Grants(SortedMap<String, String> inline, SortedSet<String> attached) {
    static final Grants NONE = new Grants(new TreeMap<>(), new TreeSet<>());

    Grants {
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
        attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
    }

    Grants withInline(String name, String document) {
        SortedMap<String, String> changed = new TreeMap<>(inline);
        changed.put(name, document);
        return new Grants(changed, attached);
    }

    Grants withoutInline(String name) {
        SortedMap<String, String> changed = new TreeMap<>(inline);
        changed.remove(name);
        return new Grants(changed, attached);
    }

    Grants withAttached(String arn) {
        SortedSet<String> changed = new TreeSet<>(attached);
        changed.add(arn);
        return new Grants(inline, changed);
    }

    Grants withoutAttached(String arn) {
        SortedSet<String> changed = new TreeSet<>(attached);
        changed.remove(arn);
        return new Grants(inline, changed);
    }
}
