package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Collects the paths of a condition. */
final class ConditionPaths {
    private final List<Path> paths = new ArrayList<>();

    private ConditionPaths() {}

    static List<Path> of(Condition condition) {
        ConditionPaths collected = new ConditionPaths();
        collected.condition(condition);
        return List.copyOf(collected.paths);
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.Always() -> {}
            case Condition.And(Condition left, Condition right) -> {
                condition(left);
                condition(right);
            }
            case Condition.Or(Condition left, Condition right) -> {
                condition(left);
                condition(right);
            }
            case Condition.Not(Condition of) -> condition(of);
            case Condition.Comparison(var comparator, Operand left, Operand right) -> operands(left, right);
            case Condition.Between(Operand operand, Operand low, Operand high) -> operands(operand, low, high);
            case Condition.In(Operand operand, List<Operand> choices) -> {
                operands(operand);
                choices.forEach(this::operands);
            }
            case Condition.AttributeExists(Path path) -> paths.add(path);
            case Condition.AttributeNotExists(Path path) -> paths.add(path);
            case Condition.AttributeType(Path path, var type) -> paths.add(path);
            case Condition.BeginsWith(Operand operand, Operand prefix) -> operands(operand, prefix);
            case Condition.Contains(Operand operand, Operand part) -> operands(operand, part);
        }
    }

    private void operands(Operand... operands) {
        for (Operand operand : operands) {
            switch (operand) {
                case Operand.At(Path path) -> paths.add(path);
                case Operand.Constant ignored -> {}
                case Operand.Size(Operand of) -> operands(of);
            }
        }
    }
}
