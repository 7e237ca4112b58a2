package virga.services.iam;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.model.iam.InvalidInputException;
import virga.model.iam.LimitExceededException;
import virga.model.iam.Tag;

/** Tags of IAM's resources: keys are unique whatever their case. Source: "Tags for AWS IAM resources", AWS IAM User Guide. */
final class Tags {
    private Tags() {}

    /** @param limit how many there may be afterwards */
    static SortedMap<String, String> add(Map<String, String> before, List<Tag> tags, int limit) {
        SortedMap<String, String> after = new TreeMap<>(before);
        Set<String> seen = new HashSet<>();
        for (Tag tag : tags) {
            String key = tag.key();
            if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                throw new InvalidInputException(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            after.keySet().removeIf(kept -> kept.equalsIgnoreCase(key));
            after.put(key, tag.value());
        }
        if (after.size() > limit) {
            throw new LimitExceededException("The number of tags has reached the maximum limit.");
        }
        return after;
    }

    static SortedMap<String, String> remove(Map<String, String> before, List<String> keys) {
        SortedMap<String, String> after = new TreeMap<>(before);
        keys.forEach(key -> after.keySet().removeIf(kept -> kept.equalsIgnoreCase(key)));
        return after;
    }

    static SortedMap<String, String> map(List<Tag> tags) {
        SortedMap<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    /** As a response has them: {@code null} where there are none. */
    static List<Tag> orNone(Map<String, String> tags) {
        return tags.isEmpty() ? null : list(tags);
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
