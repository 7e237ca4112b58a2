package virga.cloud.authorize;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/**
 * The condition operators. Each compares a policy's value (variables replaced, wildcards marked) with one of the request; the negated ones
 * are the same comparison turned by {@link Condition}.
 *
 * <p>Source: "IAM JSON policy elements: Condition operators", AWS IAM User Guide.
 */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", false, String::equals),
    STRING_NOT_EQUALS("StringNotEquals", true, String::equals),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, String::equalsIgnoreCase),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, String::equalsIgnoreCase),
    STRING_LIKE("StringLike", false, Wildcard::matches),
    STRING_NOT_LIKE("StringNotLike", true, Wildcard::matches),
    NUMERIC_EQUALS("NumericEquals", false, numbers(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, numbers(order -> order == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", false, numbers(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, numbers(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, numbers(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, numbers(order -> order >= 0)),
    DATE_EQUALS("DateEquals", false, dates(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", true, dates(order -> order == 0)),
    DATE_LESS_THAN("DateLessThan", false, dates(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, dates(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", false, dates(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, dates(order -> order >= 0)),
    BOOL("Bool", false, String::equalsIgnoreCase),
    BINARY_EQUALS("BinaryEquals", false, String::equals),
    IP_ADDRESS("IpAddress", false, AddressRange::contains),
    NOT_IP_ADDRESS("NotIpAddress", true, AddressRange::contains),
    ARN_EQUALS("ArnEquals", false, Wildcard::matchesArn),
    ARN_NOT_EQUALS("ArnNotEquals", true, Wildcard::matchesArn),
    ARN_LIKE("ArnLike", false, Wildcard::matchesArn),
    ARN_NOT_LIKE("ArnNotLike", true, Wildcard::matchesArn),
    /** Asks whether the key is there at all: {@link Condition} answers it without a comparison. */
    NULL("Null", false, String::equals);

    private final String text;
    private final boolean negated;
    private final BiPredicate<String, String> comparison;

    ConditionOperator(String text, boolean negated, BiPredicate<String, String> comparison) {
        this.text = text;
        this.negated = negated;
        this.comparison = comparison;
    }

    /** By its name, whose case does not matter. */
    static Optional<ConditionOperator> named(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.text.equalsIgnoreCase(name))
                .findFirst();
    }

    boolean negated() {
        return negated;
    }

    /** Whether {@code *} and {@code ?} in the policy's value are wildcards. */
    boolean takesWildcards() {
        return switch (this) {
            case STRING_LIKE, STRING_NOT_LIKE, ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> true;
            default -> false;
        };
    }

    /** Whether the policy's value and the request's satisfy the operator, negation left aside. */
    boolean compare(String wanted, String actual) {
        return comparison.test(wanted, actual);
    }

    private static BiPredicate<String, String> numbers(IntPredicate order) {
        return (wanted, actual) -> {
            Optional<BigDecimal> left = number(actual);
            Optional<BigDecimal> right = number(wanted);
            return left.isPresent()
                    && right.isPresent()
                    && order.test(left.get().compareTo(right.get()));
        };
    }

    private static BiPredicate<String, String> dates(IntPredicate order) {
        return (wanted, actual) -> {
            Optional<Instant> left = date(actual);
            Optional<Instant> right = date(wanted);
            return left.isPresent()
                    && right.isPresent()
                    && order.test(left.get().compareTo(right.get()));
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An ISO 8601 time or date, or seconds since 1970. */
    private static Optional<Instant> date(String text) {
        try {
            if (text.matches("-?\\d+")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
