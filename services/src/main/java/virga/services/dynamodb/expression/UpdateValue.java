package virga.services.dynamodb.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import virga.kernel.Fault;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Numbers;
import virga.services.dynamodb.item.Value;

/** What SET can set an attribute to. All of it is computed from the item as it was before the update. */
sealed interface UpdateValue {
    /** @throws Fault ValidationException where an attribute is missing or of the wrong type */
    Value in(Item before);

    record At(Path path) implements UpdateValue {
        @Override
        public Value in(Item before) {
            return path.in(before)
                    .orElseThrow(() -> ExpressionKind.plain(
                            "The provided expression refers to an attribute that does not exist in the item"));
        }
    }

    record Constant(Value value) implements UpdateValue {
        @Override
        public Value in(Item before) {
            return value;
        }
    }

    record IfNotExists(Path path, UpdateValue otherwise) implements UpdateValue {
        @Override
        public Value in(Item before) {
            return path.in(before).orElseGet(() -> otherwise.in(before));
        }
    }

    record ListAppend(UpdateValue first, UpdateValue second) implements UpdateValue {
        @Override
        public Value in(Item before) {
            if (first.in(before) instanceof Value.L(List<Value> head)
                    && second.in(before) instanceof Value.L(List<Value> tail)) {
                List<Value> whole = new ArrayList<>(head);
                whole.addAll(tail);
                return new Value.L(whole);
            }
            throw wrongType();
        }
    }

    record Sum(UpdateValue left, boolean minus, UpdateValue right) implements UpdateValue {
        @Override
        public Value in(Item before) {
            if (left.in(before) instanceof Value.N(BigDecimal one)
                    && right.in(before) instanceof Value.N(BigDecimal other)) {
                return new Value.N(Numbers.checked(minus ? one.subtract(other) : one.add(other)));
            }
            throw wrongType();
        }
    }

    static Fault wrongType() {
        return ExpressionKind.plain("An operand in the update expression has an incorrect data type");
    }
}
