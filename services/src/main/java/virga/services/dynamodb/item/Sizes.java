package virga.services.dynamodb.item;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import virga.kernel.Bytes;

/**
 * The size of items as AWS counts it for limits and capacity.
 *
 * <p>Source: "DynamoDB item sizes and formats", Developer Guide: names and texts by their UTF-8 bytes; numbers about one byte for two
 * digits and one more; true, false and null one byte; lists and maps three bytes and one for each element beside its contents.
 */
public final class Sizes {
    private static final int COLLECTION_OVERHEAD = 3;

    private Sizes() {}

    public static long of(Item item) {
        long size = 0;
        for (Map.Entry<String, Value> attribute : item.attributes().entrySet()) {
            size += utf8(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    public static long of(Value value) {
        return switch (value) {
            case Value.S(String text) -> utf8(text);
            case Value.N(BigDecimal number) -> number(number);
            case Value.B(Bytes bytes) -> bytes.length();
            case Value.Bool(boolean truth) -> 1;
            case Value.Null() -> 1;
            case Value.M(Map<String, Value> entries) -> {
                long size = COLLECTION_OVERHEAD;
                for (Map.Entry<String, Value> entry : entries.entrySet()) {
                    size += 1 + utf8(entry.getKey()) + of(entry.getValue());
                }
                yield size;
            }
            case Value.L(List<Value> elements) ->
                COLLECTION_OVERHEAD
                        + elements.stream()
                                .mapToLong(element -> 1 + of(element))
                                .sum();
            case Value.SS(SortedSet<String> texts) ->
                texts.stream().mapToLong(Sizes::utf8).sum();
            case Value.NS(SortedSet<BigDecimal> numbers) ->
                numbers.stream().mapToLong(Sizes::number).sum();
            case Value.BS(SortedSet<Bytes> blobs) ->
                blobs.stream().mapToLong(Bytes::length).sum();
        };
    }

    /** How deep lists and maps lie within each other: 0 for a scalar. */
    public static int depth(Value value) {
        return switch (value) {
            case Value.M(Map<String, Value> entries) ->
                1 + entries.values().stream().mapToInt(Sizes::depth).max().orElse(0);
            case Value.L(List<Value> elements) ->
                1 + elements.stream().mapToInt(Sizes::depth).max().orElse(0);
            default -> 0;
        };
    }

    /** One byte, one for each two digits, and one more below zero. Digits pair up around the decimal point. */
    private static long number(BigDecimal number) {
        if (number.signum() == 0) {
            return 1;
        }
        int first = Numbers.exponent(number);
        int last = first - number.precision() + 1;
        int pairs = Math.floorDiv(first, 2) - Math.floorDiv(last, 2) + 1;
        return 1 + pairs + (number.signum() < 0 ? 1 : 0);
    }

    /** The length of {@code text} in UTF-8, without making the bytes. */
    public static int utf8(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length += 1;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isHighSurrogate(c)) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return length;
    }
}
