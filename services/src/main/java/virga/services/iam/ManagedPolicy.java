package virga.services.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Bug;

/**
 * A managed policy with its versions, the newest first.
 *
 * @param defaultVersion the number of the version in force
 * @param lastVersion the highest number ever given out: numbers are not used again
 */
record ManagedPolicy(
        Identity.Facts facts,
        Instant updatedAt,
        String description,
        int defaultVersion,
        int lastVersion,
        List<Version> versions,
        SortedMap<String, String> tags) {
    record Version(int number, String document, Instant createdAt) {
        String id() {
            return "v" + number;
        }
    }

    ManagedPolicy {
        versions = List.copyOf(versions);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    Optional<Version> version(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    Version inForce() {
        return version("v" + defaultVersion)
                .orElseThrow(() -> new Bug("policy " + facts.name() + " has no version in force"));
    }

    ManagedPolicy withVersion(String document, Instant at, boolean asDefault) {
        List<Version> more = new ArrayList<>(versions);
        more.addFirst(new Version(lastVersion + 1, document, at));
        return new ManagedPolicy(
                facts, at, description, asDefault ? lastVersion + 1 : defaultVersion, lastVersion + 1, more, tags);
    }

    ManagedPolicy withoutVersion(Version version, Instant at) {
        List<Version> fewer = new ArrayList<>(versions);
        fewer.remove(version);
        return new ManagedPolicy(facts, at, description, defaultVersion, lastVersion, fewer, tags);
    }

    ManagedPolicy withDefault(Version version, Instant at) {
        return new ManagedPolicy(facts, at, description, version.number, lastVersion, versions, tags);
    }

    ManagedPolicy with(SortedMap<String, String> changed) {
        return new ManagedPolicy(facts, updatedAt, description, defaultVersion, lastVersion, versions, changed);
    }
}
