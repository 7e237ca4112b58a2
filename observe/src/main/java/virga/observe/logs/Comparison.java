package virga.observe.logs;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator and what stands behind it: {@code >= 500}, {@code = "/orders*"}, {@code != %a.c%}. */
record Comparison(Operator operator, Operand operand) {
    enum Operator {
        NOT_EQUAL("!="),
        AT_LEAST(">="),
        AT_MOST("<="),
        EQUAL("="),
        MORE(">"),
        LESS("<");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    sealed interface Operand {
        /** Text in quotes: matches text only. {@code *} stands for anything. */
        record Quoted(Pattern wildcards) implements Operand {}

        /** A bare word: matches text and numbers alike. */
        record Bare(Pattern wildcards) implements Operand {}

        record Number(BigDecimal value) implements Operand {}

        record Expression(FilterRegex regex) implements Operand {}
    }

    /** Reads the operator and the operand at {@code cursor}; a bare operand ends at a blank or one of {@code ends}. */
    static Comparison parse(PatternCursor cursor, String ends) {
        cursor.skipBlanks();
        for (Operator operator : Operator.values()) {
            if (cursor.take(operator.sign)) {
                cursor.skipBlanks();
                Comparison comparison = new Comparison(operator, operand(cursor, ends));
                boolean ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
                if (ordered && !(comparison.operand instanceof Operand.Number)) {
                    throw cursor.invalid(operator.sign + " compares with numbers only, not with what ends");
                }
                return comparison;
            }
        }
        throw cursor.invalid("an operator is missing");
    }

    /** Whether {@code value} meets this. @param text true where it is text rather than a number or a truth value */
    boolean meets(String value, boolean text) {
        return switch (operand) {
            case Operand.Quoted quoted ->
                isEqual(text && quoted.wildcards.matcher(value).matches());
            case Operand.Bare bare -> isEqual(bare.wildcards.matcher(value).matches());
            case Operand.Expression expression -> isEqual(expression.regex.finds(value));
            case Operand.Number number ->
                number(value).map(found -> meets(found, number.value)).orElse(operator == Operator.NOT_EQUAL);
        };
    }

    private boolean isEqual(boolean equal) {
        return equal == (operator == Operator.EQUAL);
    }

    private boolean meets(BigDecimal found, BigDecimal wanted) {
        int order = found.compareTo(wanted);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
        };
    }

    private static Operand operand(PatternCursor cursor, String ends) {
        if (cursor.at('"')) {
            return new Operand.Quoted(wildcards(cursor.quoted()));
        }
        if (cursor.at('%')) {
            return new Operand.Expression(FilterRegex.parse(cursor.between('%')));
        }
        String word = cursor.takeWhile(c -> !Character.isWhitespace(c) && ends.indexOf(c) < 0);
        if (word.isEmpty()) {
            throw cursor.invalid("a value is missing");
        }
        return number(word).<Operand>map(Operand.Number::new).orElseGet(() -> new Operand.Bare(wildcards(word)));
    }

    private static Optional<BigDecimal> number(String text) {
        if (!text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text));
    }

    private static Pattern wildcards(String text) {
        String parts = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(parts, Pattern.DOTALL);
    }
}
