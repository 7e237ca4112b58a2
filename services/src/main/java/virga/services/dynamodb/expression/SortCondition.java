package virga.services.dynamodb.expression;

import virga.services.dynamodb.item.Value;

/** What a key condition says of the sort key. */
public sealed interface SortCondition {
    boolean holds(Value sort);

    record Any() implements SortCondition {
        @Override
        public boolean holds(Value sort) {
            return true;
        }
    }

    record Compared(Condition.Comparator comparator, Value to) implements SortCondition {
        @Override
        public boolean holds(Value sort) {
            return comparator.holds(java.util.Optional.of(sort), java.util.Optional.of(to));
        }
    }

    record Between(Value low, Value high) implements SortCondition {
        @Override
        public boolean holds(Value sort) {
            return Value.compare(sort, low) >= 0 && Value.compare(sort, high) <= 0;
        }
    }

    record BeginsWith(Value prefix) implements SortCondition {
        @Override
        public boolean holds(Value sort) {
            return virga.services.dynamodb.item.KeyBytes.of(sort)
                    .startsWith(virga.services.dynamodb.item.KeyBytes.of(prefix));
        }
    }
}
