package virga.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether a statement of a bucket's policy is open to the public: it allows something, to principals that a wildcard names, and no
 * condition narrows them to fixed values. A fixed value has no wildcard and no policy variable. The address ranges of a condition are
 * fixed where they are not broader than a /8 (IPv4) or a /32 (IPv6).
 *
 * <p>Source: "The meaning of 'public'", Blocking public access to your Amazon S3 storage, Amazon S3 User Guide.
 */
final class PublicStatement {
    private static final String SOURCE_IP = "aws:sourceip";
    private static final String ACCESS_POINT = "s3:dataaccesspointarn";

    /** Keys of conditions, in small letters, whose fixed values say who may come. */
    private static final Set<String> NARROWING = Set.of(
            "aws:principalorgid",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "aws:userid",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:dataaccesspointaccount",
            ACCESS_POINT);

    /**
     * Operators that hold only where the key is there and has one of the values. {@code ForAllValues:} and {@code ...IfExists} hold for
     * requests without the key, too, which everybody can make.
     */
    private static final Set<String> OF_VALUES =
            Set.of("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike");

    private static final int IPV4_PREFIX = 8;
    private static final int IPV6_PREFIX = 32;

    private PublicStatement() {}

    static boolean test(JsonNode statement) {
        return statement.path("Effect").asText().equals("Allow") && isForAnybody(statement) && !isNarrowed(statement);
    }

    private static boolean isForAnybody(JsonNode statement) {
        if (statement.has("NotPrincipal")) {
            return true;
        }
        JsonNode principal = statement.path("Principal");
        if (principal.isTextual()) {
            return principal.asText().contains("*");
        }
        return principal.properties().stream()
                .flatMap(type -> BucketPolicy.each(type.getValue()).stream())
                .anyMatch(named -> named.asText().contains("*"));
    }

    private static boolean isNarrowed(JsonNode statement) {
        for (Map.Entry<String, JsonNode> operator : statement.path("Condition").properties()) {
            String name = operator.getKey().toLowerCase(Locale.ROOT).replaceFirst("^foranyvalue:", "");
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                if (isFixed(name, key.getKey().toLowerCase(Locale.ROOT), BucketPolicy.each(key.getValue()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFixed(String operator, String key, List<JsonNode> values) {
        if (key.equals(SOURCE_IP)) {
            return operator.equals("ipaddress") && values.stream().allMatch(range -> isNarrow(range.asText()));
        }
        return OF_VALUES.contains(operator)
                && NARROWING.contains(key)
                && values.stream().allMatch(value -> isFixed(key, value.asText()));
    }

    private static boolean isFixed(String key, String value) {
        // An access point may be any of an account's.
        String[] parts = value.split(":", 6);
        boolean accessPoint = key.equals(ACCESS_POINT) && parts.length == 6;
        String fixed = accessPoint ? parts[4] : value;
        return !fixed.isEmpty() && !fixed.contains("*") && !fixed.contains("?") && !fixed.contains("${");
    }

    private static boolean isNarrow(String range) {
        int slash = range.indexOf('/');
        if (slash < 0) {
            return !range.contains("*") && !range.contains("${");
        }
        String prefix = range.substring(slash + 1);
        int least = range.contains(":") ? IPV6_PREFIX : IPV4_PREFIX;
        return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) >= least;
    }
}
