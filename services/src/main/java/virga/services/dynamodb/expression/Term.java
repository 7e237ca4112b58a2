package virga.services.dynamodb.expression;

import java.util.List;

/** What stands where an operand or a function call may stand, before its surroundings tell which it must be. */
sealed interface Term {
    record Plain(Operand operand) implements Term {}

    record Call(String function, List<Term> arguments) implements Term {}
}
