package virga.services.dynamodb.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import virga.kernel.Bytes;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Numbers;
import virga.services.dynamodb.item.Value;

/** What an update does at one path. */
sealed interface UpdateAction {
    /**
     * @param current what stands at the path
     * @param before the whole item before the update
     * @return what shall stand there; empty for nothing
     */
    Optional<Value> on(Optional<Value> current, Item before);

    record Set(UpdateValue value) implements UpdateAction {
        @Override
        public Optional<Value> on(Optional<Value> current, Item before) {
            return Optional.of(value.in(before));
        }
    }

    record Remove() implements UpdateAction {
        @Override
        public Optional<Value> on(Optional<Value> current, Item before) {
            return Optional.empty();
        }
    }

    /** Adds a number, or elements to a set. */
    record Add(Value value) implements UpdateAction {
        @Override
        public Optional<Value> on(Optional<Value> current, Item before) {
            return Optional.of(current.map(present -> sum(present)).orElse(value));
        }

        private Value sum(Value present) {
            return switch (present) {
                case Value.N(BigDecimal number)
                when value instanceof Value.N(BigDecimal more) -> new Value.N(Numbers.checked(number.add(more)));
                case Value.SS(SortedSet<String> texts)
                when value instanceof Value.SS(var more) -> Value.SS.of(union(texts, more));
                case Value.NS(SortedSet<BigDecimal> numbers)
                when value instanceof Value.NS(var more) -> Value.NS.of(union(numbers, more));
                case Value.BS(SortedSet<Bytes> blobs)
                when value instanceof Value.BS(var more) -> Value.BS.of(union(blobs, more));
                default -> throw UpdateValue.wrongType();
            };
        }

        private static <T> Collection<T> union(Collection<T> present, Collection<T> more) {
            List<T> all = new ArrayList<>(present);
            all.addAll(more);
            return all;
        }
    }

    /** Takes elements from a set; a set without elements does not stay. */
    record Delete(Value value) implements UpdateAction {
        @Override
        public Optional<Value> on(Optional<Value> current, Item before) {
            return current.flatMap(this::rest);
        }

        private Optional<Value> rest(Value present) {
            return switch (present) {
                case Value.SS(SortedSet<String> texts)
                when value instanceof Value.SS(var gone) ->
                    Optional.of(less(texts, gone))
                            .filter(left -> !left.isEmpty())
                            .map(Value.SS::of);
                case Value.NS(SortedSet<BigDecimal> numbers)
                when value instanceof Value.NS(var gone) ->
                    Optional.of(less(numbers, gone))
                            .filter(left -> !left.isEmpty())
                            .map(Value.NS::of);
                case Value.BS(SortedSet<Bytes> blobs)
                when value instanceof Value.BS(var gone) ->
                    Optional.of(less(blobs, gone))
                            .filter(left -> !left.isEmpty())
                            .map(Value.BS::of);
                default -> throw UpdateValue.wrongType();
            };
        }

        private static <T> Collection<T> less(Collection<T> present, Collection<T> gone) {
            List<T> left = new ArrayList<>(present);
            left.removeAll(gone);
            return left;
        }
    }

    /** Lengthens a list, or begins one: only {@link LegacyUpdate} can say it. */
    record Append(Value.L more) implements UpdateAction {
        @Override
        public Optional<Value> on(Optional<Value> current, Item before) {
            if (current.isEmpty()) {
                return Optional.of(more);
            }
            if (current.get() instanceof Value.L(List<Value> elements)) {
                List<Value> all = new ArrayList<>(elements);
                all.addAll(more.elements());
                return Optional.of(new Value.L(all));
            }
            throw UpdateValue.wrongType();
        }
    }
}
