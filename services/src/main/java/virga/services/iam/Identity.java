package virga.services.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What policies can be given to. */
sealed interface Identity<E> {
    Facts facts();

    Grants grants();

    E with(Grants changed);

    default String name() {
        return facts().name();
    }

    /** What every kind has. {@code id} is the unique id: {@code AROA...}, {@code AIDA...}, {@code AGPA...}. */
    record Facts(String name, String path, String id, Instant createdAt) {
        /** @param type {@code role}, {@code user}, {@code group}, {@code policy}, {@code instance-profile} */
        String arn(String account, String type) {
            return "arn:aws:iam::" + account + ":" + type + path + name;
        }
    }

    /** @param boundary the ARN of the permissions boundary, or empty */
    record Role(
            Facts facts,
            Trust trust,
            String description,
            String boundary,
            Grants grants,
            SortedMap<String, String> tags)
            implements Identity<Role> {
        public Role {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }

        @Override
        public Role with(Grants changed) {
            return new Role(facts, trust, description, boundary, changed, tags);
        }

        Role with(Trust changed) {
            return new Role(facts, changed, description, boundary, grants, tags);
        }

        Role withDescription(String changed) {
            return new Role(facts, trust, changed, boundary, grants, tags);
        }

        Role withBoundary(String arn) {
            return new Role(facts, trust, description, arn, grants, tags);
        }

        Role with(SortedMap<String, String> changed) {
            return new Role(facts, trust, description, boundary, grants, changed);
        }
    }

    /** Who may assume a role, and for how long at most. */
    record Trust(String document, int maxSessionSeconds) {}

    /** @param groups the names of the groups that the user is in */
    record User(Facts facts, String boundary, Grants grants, SortedSet<String> groups, SortedMap<String, String> tags)
            implements Identity<User> {
        public User {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }

        @Override
        public User with(Grants changed) {
            return new User(facts, boundary, changed, groups, tags);
        }

        User with(Facts changed) {
            return new User(changed, boundary, grants, groups, tags);
        }

        User withBoundary(String arn) {
            return new User(facts, arn, grants, groups, tags);
        }

        User with(SortedMap<String, String> changed) {
            return new User(facts, boundary, grants, groups, changed);
        }

        User withGroup(String group) {
            SortedSet<String> changed = new TreeSet<>(groups);
            changed.add(group);
            return new User(facts, boundary, grants, changed, tags);
        }

        User withoutGroup(String group) {
            SortedSet<String> changed = new TreeSet<>(groups);
            changed.remove(group);
            return new User(facts, boundary, grants, changed, tags);
        }
    }

    /** Its members are the users that name it. */
    record Group(Facts facts, Grants grants) implements Identity<Group> {
        @Override
        public Group with(Grants changed) {
            return new Group(facts, changed);
        }

        Group with(Facts changed) {
            return new Group(changed, grants);
        }
    }
}
