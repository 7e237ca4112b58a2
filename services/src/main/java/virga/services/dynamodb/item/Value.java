package virga.services.dynamodb.item;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * One attribute value. Two values are equal where DynamoDB's {@code =} says so: numbers by amount, sets without order.
 *
 * <p>Source: "Supported data types and naming rules in Amazon DynamoDB", Developer Guide.
 */
public sealed interface Value {
    ValueType type();

    /** Text, ordered by its UTF-8 bytes. */
    record S(String text) implements Value {
        @Override
        public ValueType type() {
            return ValueType.S;
        }
    }

    /** An exact number; trailing zeros are not kept. The range is checked where it enters: see {@link Numbers}. */
    record N(BigDecimal number) implements Value {
        public N {
            number = Numbers.canonical(number);
        }

        public static N of(long number) {
            return new N(BigDecimal.valueOf(number));
        }

        @Override
        public ValueType type() {
            return ValueType.N;
        }
    }

    record B(Bytes bytes) implements Value {
        @Override
        public ValueType type() {
            return ValueType.B;
        }
    }

    record Bool(boolean truth) implements Value {
        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    record Null() implements Value {
        @Override
        public ValueType type() {
            return ValueType.NULL;
        }
    }

    /** Named values, in the order in which they were given. */
    record M(Map<String, Value> entries) implements Value {
        public M {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public ValueType type() {
            return ValueType.M;
        }
    }

    record L(List<Value> elements) implements Value {
        public L {
            elements = List.copyOf(elements);
        }

        @Override
        public ValueType type() {
            return ValueType.L;
        }
    }

    record SS(SortedSet<String> texts) implements Value {
        public SS {
            texts = Collections.unmodifiableSortedSet(new TreeSet<>(texts));
        }

        public static SS of(Collection<String> texts) {
            return new SS(new TreeSet<>(texts));
        }

        @Override
        public ValueType type() {
            return ValueType.SS;
        }
    }

    record NS(SortedSet<BigDecimal> numbers) implements Value {
        public NS {
            SortedSet<BigDecimal> canonical = new TreeSet<>();
            numbers.forEach(number -> canonical.add(Numbers.canonical(number)));
            numbers = Collections.unmodifiableSortedSet(canonical);
        }

        public static NS of(Collection<BigDecimal> numbers) {
            return new NS(new TreeSet<>(numbers));
        }

        @Override
        public ValueType type() {
            return ValueType.NS;
        }
    }

    record BS(SortedSet<Bytes> blobs) implements Value {
        public BS {
            blobs = Collections.unmodifiableSortedSet(new TreeSet<>(blobs));
        }

        public static BS of(Collection<Bytes> blobs) {
            return new BS(new TreeSet<>(blobs));
        }

        @Override
        public ValueType type() {
            return ValueType.BS;
        }
    }

    /** The order of two values of the same ordered type. */
    static int compare(Value left, Value right) {
        if (left instanceof N(BigDecimal one) && right instanceof N(BigDecimal other)) {
            return one.compareTo(other);
        }
        if (left instanceof S(String one) && right instanceof S(String other)) {
            return Bytes.ofUtf8(one).compareTo(Bytes.ofUtf8(other));
        }
        if (left instanceof B(Bytes one) && right instanceof B(Bytes other)) {
            return one.compareTo(other);
        }
        throw new Bug("no order between " + left.type() + " and " + right.type());
    }

    /** As AWS's error texts show a value: {@code {S:apple}}. */
    default String shown() {
        return "{" + type() + ":"
                + switch (this) {
                    case S(String text) -> text;
                    case N(BigDecimal number) -> Numbers.text(number);
                    case B(Bytes bytes) -> bytes.base64();
                    case Bool(boolean truth) -> String.valueOf(truth);
                    case Null() -> "true";
                    case M(Map<String, Value> entries) -> entries.keySet().toString();
                    case L(List<Value> elements) ->
                        elements.stream().map(Value::shown).toList().toString();
                    case SS(SortedSet<String> texts) -> texts.toString();
                    case NS(SortedSet<BigDecimal> numbers) ->
                        numbers.stream().map(Numbers::text).toList().toString();
                    case BS(SortedSet<Bytes> blobs) ->
                        blobs.stream().map(Bytes::base64).toList().toString();
                }
                + "}";
    }
}
