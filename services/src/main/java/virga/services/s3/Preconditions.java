package virga.services.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import virga.kernel.Fault;

/** Conditional requests. Source: "Conditional requests" in the S3 User Guide, RFC 9110 section 13. */
final class Preconditions {
    private Preconditions() {}

    /** The conditions of a read. */
    record Conditions(
            Optional<String> match,
            Optional<String> noneMatch,
            Optional<Instant> modifiedSince,
            Optional<Instant> unmodifiedSince) {}

    static void read(StoredObject object, Conditions conditions, Fault unchanged) {
        Instant modified = object.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
        if (conditions.match().isPresent()) {
            if (!matches(object, conditions.match().get())) {
                throw S3Faults.preconditionFailed();
            }
        } else if (conditions.unmodifiedSince().filter(modified::isAfter).isPresent()) {
            throw S3Faults.preconditionFailed();
        }
        if (conditions.noneMatch().isPresent()) {
            if (matches(object, conditions.noneMatch().get())) {
                throw unchanged;
            }
        } else if (conditions
                .modifiedSince()
                .filter(since -> !modified.isAfter(since))
                .isPresent()) {
            throw unchanged;
        }
    }

    /** The conditions of a write, on what is there now. */
    static void write(Optional<StoredObject> current, Optional<String> match, Optional<String> noneMatch) {
        if (noneMatch.isPresent()) {
            if (!noneMatch.get().equals("*")) {
                throw new Fault(
                        "NotImplemented", 501, "A header you provided implies functionality that is not implemented");
            } else if (current.isPresent()) {
                throw S3Faults.preconditionFailed();
            }
        }
        if (match.isPresent() && !matches(current.orElseThrow(S3Faults::noSuchKey), match.get())) {
            throw S3Faults.preconditionFailed();
        }
    }

    private static boolean matches(StoredObject object, String tags) {
        for (String tag : tags.split(",")) {
            String bare = tag.strip().replaceFirst("^W/", "").replace("\"", "");
            if (bare.equals("*") || bare.equals(object.content().eTag())) {
                return true;
            }
        }
        return false;
    }
}
