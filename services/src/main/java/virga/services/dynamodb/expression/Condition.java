package virga.services.dynamodb.expression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/** A condition, ready to be tested on items. Source: "Condition and filter expressions", Developer Guide. */
public sealed interface Condition {
    boolean holds(Item item);

    /** A condition that always holds. */
    Condition ALWAYS = new Always();

    /** Reads a condition or filter. @throws virga.kernel.Fault ValidationException where it is not one */
    static Condition parse(ExpressionKind kind, String text, Placeholders placeholders) {
        return new ConditionParser(new TokenReader(kind, text, placeholders)).parse();
    }

    /** Every path that the condition looks at, in the order in which they stand. */
    default List<Path> paths() {
        return ConditionPaths.of(this);
    }

    record Always() implements Condition {
        @Override
        public boolean holds(Item item) {
            return true;
        }
    }

    record And(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Item item) {
            return left.holds(item) && right.holds(item);
        }
    }

    record Or(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Item item) {
            return left.holds(item) || right.holds(item);
        }
    }

    record Not(Condition of) implements Condition {
        @Override
        public boolean holds(Item item) {
            return !of.holds(item);
        }
    }

    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {
        @Override
        public boolean holds(Item item) {
            return comparator.holds(left.in(item), right.in(item));
        }
    }

    record Between(Operand operand, Operand low, Operand high) implements Condition {
        @Override
        public boolean holds(Item item) {
            Optional<Value> value = operand.in(item);
            return Comparator.AT_LEAST.holds(value, low.in(item)) && Comparator.AT_MOST.holds(value, high.in(item));
        }
    }

    record In(Operand operand, List<Operand> choices) implements Condition {
        @Override
        public boolean holds(Item item) {
            Optional<Value> value = operand.in(item);
            return choices.stream().anyMatch(choice -> Comparator.EQUAL.holds(value, choice.in(item)));
        }
    }

    record AttributeExists(Path path) implements Condition {
        @Override
        public boolean holds(Item item) {
            return path.in(item).isPresent();
        }
    }

    record AttributeNotExists(Path path) implements Condition {
        @Override
        public boolean holds(Item item) {
            return path.in(item).isEmpty();
        }
    }

    record AttributeType(Path path, ValueType type) implements Condition {
        @Override
        public boolean holds(Item item) {
            return path.in(item).map(value -> value.type() == type).orElse(false);
        }
    }

    record BeginsWith(Operand operand, Operand prefix) implements Condition {
        @Override
        public boolean holds(Item item) {
            Value whole = operand.in(item).orElse(null);
            Value start = prefix.in(item).orElse(null);
            if (whole instanceof Value.S(String text) && start instanceof Value.S(String begin)) {
                return text.startsWith(begin);
            }
            return whole instanceof Value.B(var bytes)
                    && start instanceof Value.B(var begin)
                    && bytes.startsWith(begin);
        }
    }

    record Contains(Operand operand, Operand part) implements Condition {
        @Override
        public boolean holds(Item item) {
            Optional<Value> whole = operand.in(item);
            Optional<Value> sought = part.in(item);
            return whole.isPresent() && sought.isPresent() && Containment.holds(whole.get(), sought.get());
        }
    }

    /** The comparators, by their symbols. */
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        static Map<String, Comparator> bySymbol() {
            return BySymbol.ALL;
        }

        boolean needsOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        /** What is not there is unequal to everything and has no order; nor have values of different types. */
        boolean holds(Optional<Value> left, Optional<Value> right) {
            boolean equal = left.isPresent() && left.equals(right);
            if (!needsOrder()) {
                return equal == (this == EQUAL);
            }
            if (left.isEmpty()
                    || right.isEmpty()
                    || left.get().type() != right.get().type()) {
                return false;
            }
            if (!left.get().type().isOrdered()) {
                return false;
            }
            int order = Value.compare(left.get(), right.get());
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
                case EQUAL, NOT_EQUAL -> throw new virga.kernel.Bug("needs no order: " + this);
            };
        }

        private static final class BySymbol {
            private static final Map<String, Comparator> ALL = java.util.Arrays.stream(Comparator.values())
                    .collect(java.util.stream.Collectors.toUnmodifiableMap(Comparator::symbol, each -> each));
        }
    }
}
