package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads conditions. The grammar, loosest first:
 *
 * <pre>
 * condition := and { OR and }
 * and       := not { AND not }
 * not       := NOT not | '(' condition ')' | test
 * test      := call | term comparator term | term BETWEEN term AND term | term IN '(' term { ',' term } ')'
 * term      := '(' term ')' | :value | call | path
 * call      := name '(' term { ',' term } ')'
 * </pre>
 */
final class ConditionParser {
    private static final int MAXIMUM_CHOICES = 100;

    private final TokenReader reader;
    private final ConditionFunctions functions;
    private final OperandRules rules;
    /** Where the last parenthesised condition began and ended: two that share both ends are redundant. */
    private int groupStart = -1;

    private int groupEnd = -1;

    ConditionParser(TokenReader reader) {
        this.reader = reader;
        this.rules = new OperandRules(reader);
        this.functions = new ConditionFunctions(reader, rules);
    }

    Condition parse() {
        Condition condition = or();
        reader.finish();
        return condition;
    }

    private Condition or() {
        Condition left = and();
        while (reader.acceptKeyword("OR")) {
            reader.countOperator();
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (reader.acceptKeyword("AND")) {
            reader.countOperator();
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (reader.acceptKeyword("NOT")) {
            reader.countOperator();
            return new Condition.Not(not());
        }
        return reader.peek().isSymbol("(") && !isParenthesisedTerm() ? group() : test();
    }

    private Condition group() {
        int start = reader.position();
        reader.expect("(");
        Condition inner = or();
        int end = reader.position();
        reader.expect(")");
        if (groupStart == start + 1 && groupEnd == end - 1) {
            reader.report("The expression has redundant parentheses;");
        }
        groupStart = start;
        groupEnd = end;
        return inner;
    }

    /** Whether the parenthesis here holds a term: then a comparator, BETWEEN or IN follows its other end. */
    private boolean isParenthesisedTerm() {
        int open = 0;
        for (int ahead = 0; reader.peek(ahead).kind() != Token.Kind.END; ahead++) {
            Token token = reader.peek(ahead);
            if (token.isSymbol("(")) {
                open++;
            } else if (token.isSymbol(")")) {
                open--;
            }
            if (open == 0) {
                Token after = reader.peek(ahead + 1);
                return Condition.Comparator.bySymbol().containsKey(after.text())
                        || after.isKeyword("BETWEEN")
                        || after.isKeyword("IN");
            }
        }
        return false;
    }

    private Condition test() {
        Term term = term();
        Token token = reader.peek();
        Condition.Comparator comparator = token.kind() == Token.Kind.SYMBOL
                ? Condition.Comparator.bySymbol().get(token.text())
                : null;
        if (comparator != null) {
            reader.next();
            reader.countOperator();
            return comparison(comparator, functions.operand(term), functions.operand(term()));
        }
        if (reader.acceptKeyword("BETWEEN")) {
            reader.countOperator();
            return between(term);
        }
        if (reader.acceptKeyword("IN")) {
            reader.countOperator();
            return in(term);
        }
        if (term instanceof Term.Call call) {
            reader.countOperator();
            return functions.condition(call);
        }
        throw reader.syntaxError();
    }

    private Condition comparison(Condition.Comparator comparator, Operand left, Operand right) {
        if (comparator.needsOrder()) {
            rules.mustBeOrdered(comparator.symbol(), left, right);
        }
        rules.mustDiffer(comparator.symbol(), left, List.of(right));
        return new Condition.Comparison(comparator, left, right);
    }

    private Condition between(Term term) {
        Operand operand = functions.operand(term);
        Operand low = functions.operand(term());
        reader.expectKeyword("AND");
        Operand high = functions.operand(term());
        rules.mustBeOrdered("BETWEEN", operand, low, high);
        rules.mustBeBounds(low, high);
        rules.mustDiffer("BETWEEN", operand, List.of(low, high));
        return new Condition.Between(operand, low, high);
    }

    private Condition in(Term term) {
        Operand operand = functions.operand(term);
        reader.expect("(");
        List<Operand> choices = new ArrayList<>();
        do {
            choices.add(functions.operand(term()));
        } while (reader.accept(","));
        reader.expect(")");
        if (choices.size() > MAXIMUM_CHOICES) {
            reader.report("The IN operator is provided with too many operands; number of operands: " + choices.size());
        }
        rules.mustDiffer("IN", operand, choices);
        return new Condition.In(operand, choices);
    }

    private Term term() {
        Token token = reader.peek();
        if (reader.accept("(")) {
            Term inner = term();
            reader.expect(")");
            return inner;
        }
        if (token.kind() == Token.Kind.VALUE_PLACEHOLDER) {
            return new Term.Plain(new Operand.Constant(reader.value()));
        }
        if (isKeyword(token)) {
            throw reader.syntaxError();
        }
        if (token.kind() == Token.Kind.NAME && reader.peek(1).isSymbol("(")) {
            reader.next();
            reader.expect("(");
            List<Term> arguments = new ArrayList<>();
            do {
                arguments.add(term());
            } while (reader.accept(","));
            reader.expect(")");
            return new Term.Call(token.text(), arguments);
        }
        return new Term.Plain(new Operand.At(reader.path()));
    }

    private static boolean isKeyword(Token token) {
        return token.isKeyword("AND")
                || token.isKeyword("OR")
                || token.isKeyword("NOT")
                || token.isKeyword("BETWEEN")
                || token.isKeyword("IN");
    }
}
