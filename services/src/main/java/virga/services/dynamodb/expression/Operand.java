package virga.services.dynamodb.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import virga.kernel.Bytes;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Value;

/** What a condition compares. */
sealed interface Operand {
    /** Its value for {@code item}; empty where there is none. */
    Optional<Value> in(Item item);

    record At(Path path) implements Operand {
        @Override
        public Optional<Value> in(Item item) {
            return path.in(item);
        }
    }

    record Constant(Value value) implements Operand {
        @Override
        public Optional<Value> in(Item item) {
            return Optional.of(value);
        }
    }

    /** {@code size(of)}: characters, bytes or elements; nothing for a number, a truth or null. */
    record Size(Operand of) implements Operand {
        @Override
        public Optional<Value> in(Item item) {
            return of.in(item).flatMap(Size::size).map(Value.N::of);
        }

        private static Optional<Long> size(Value value) {
            return switch (value) {
                case Value.S(String text) -> Optional.of((long) text.codePointCount(0, text.length()));
                case Value.B(Bytes bytes) -> Optional.of((long) bytes.length());
                case Value.M(Map<String, Value> entries) -> Optional.of((long) entries.size());
                case Value.L(List<Value> elements) -> Optional.of((long) elements.size());
                case Value.SS(SortedSet<String> texts) -> Optional.of((long) texts.size());
                case Value.NS(SortedSet<BigDecimal> numbers) -> Optional.of((long) numbers.size());
                case Value.BS(SortedSet<Bytes> blobs) -> Optional.of((long) blobs.size());
                case Value.N ignored -> Optional.empty();
                case Value.Bool ignored -> Optional.empty();
                case Value.Null ignored -> Optional.empty();
            };
        }
    }
}
