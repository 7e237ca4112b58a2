package virga.services.dynamodb.expression;

import java.util.List;
import java.util.Optional;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/** What can be said of operands before any item is seen: the types of constants, and operands that are the same path. */
final class OperandRules {
    private final TokenReader reader;

    OperandRules(TokenReader reader) {
        this.reader = reader;
    }

    /** The type of a constant, or of a size; empty for a path, which only an item can tell. */
    static Optional<ValueType> type(Operand operand) {
        return switch (operand) {
            case Operand.Constant(Value value) -> Optional.of(value.type());
            case Operand.Size ignored -> Optional.of(ValueType.N);
            case Operand.At ignored -> Optional.empty();
        };
    }

    void mustBeOrdered(String operator, Operand... operands) {
        for (Operand operand : operands) {
            type(operand).filter(type -> !type.isOrdered()).ifPresent(type -> wrongType(operator, type));
        }
    }

    void wrongType(String operator, ValueType type) {
        reader.report("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }

    void mustBeBounds(Operand low, Operand high) {
        if (!(low instanceof Operand.Constant(Value least)) || !(high instanceof Operand.Constant(Value most))) {
            return;
        }
        String shown = "; lower bound operand: AttributeValue: " + least.shown()
                + ", upper bound operand: AttributeValue: " + most.shown();
        if (least.type() != most.type()) {
            reader.report("The BETWEEN operator requires same data type for lower and upper bounds" + shown);
        } else if (least.type().isOrdered() && Value.compare(least, most) > 0) {
            reader.report(
                    "The BETWEEN operator requires upper bound to be greater than or equal to lower bound" + shown);
        }
    }

    void mustDiffer(String operator, Operand first, List<Operand> others) {
        if (first instanceof Operand.At(Path path) && others.contains(first)) {
            reader.report(
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + path);
        }
    }
}
