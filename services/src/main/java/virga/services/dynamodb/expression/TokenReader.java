package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.kernel.Fault;
import virga.services.dynamodb.item.Sizes;
import virga.services.dynamodb.item.Value;

/**
 * Reads the tokens of one expression from left to right. A mistake of syntax is thrown at once; a mistake of meaning is
 * {@linkplain #report reported}, and the first of them is thrown at the end, when the syntax is known to be right.
 */
final class TokenReader {
    private static final int MAXIMUM_BYTES = 4096;
    private static final int MAXIMUM_DEPTH = 32;
    private static final int MAXIMUM_OPERATORS = 300;

    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens;
    private final Placeholders placeholders;
    private int at;
    private int operators;
    private Fault firstReported;

    TokenReader(ExpressionKind kind, String text, Placeholders placeholders) {
        if (text.isEmpty()) {
            throw kind.invalid("The expression can not be empty;");
        }
        int size = Sizes.utf8(text);
        if (size > MAXIMUM_BYTES) {
            throw kind.invalid("Expression size has exceeded the maximum allowed size; expression size: " + size);
        }
        this.kind = kind;
        this.text = text;
        this.tokens = Tokenizer.tokens(text);
        this.placeholders = placeholders;
    }

    ExpressionKind kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** The place of the next token among all tokens. */
    int position() {
        return at;
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean accept(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptKeyword(String keyword) {
        if (peek().isKeyword(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw syntaxError();
        }
    }

    void expectKeyword(String keyword) {
        if (!acceptKeyword(keyword)) {
            throw syntaxError();
        }
    }

    /** That the next token cannot stand here; shown with its neighbours. */
    Fault syntaxError() {
        Token token = peek();
        int from = at == 0 ? 0 : tokens.get(at - 1).start();
        int to = token.kind() == Token.Kind.END
                ? text.length()
                : tokens.get(at + 1).end();
        return kind.invalid(
                "Syntax error; token: \"" + token.text() + "\", near: \"" + text.substring(from, to) + "\"");
    }

    /** Notes a mistake of meaning. */
    void report(String problem) {
        if (firstReported == null) {
            firstReported = kind.invalid(problem);
        }
    }

    void countOperator() {
        operators++;
        if (operators == MAXIMUM_OPERATORS + 1) {
            report("The expression contains too many operators; operator count: " + operators);
        }
    }

    /** At the end of the expression. @throws Fault for what follows, or for the first reported mistake */
    void finish() {
        if (peek().kind() != Token.Kind.END) {
            throw syntaxError();
        }
        if (firstReported != null) {
            throw firstReported;
        }
    }

    /** A value placeholder's value; null's where it has none, which is reported. */
    Value value() {
        if (peek().kind() != Token.Kind.VALUE_PLACEHOLDER) {
            throw syntaxError();
        }
        String placeholder = next().text();
        Optional<Value> value = placeholders.value(placeholder);
        if (value.isEmpty()) {
            report("An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        return value.orElseGet(Value.Null::new);
    }

    Path path() {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (accept(".")) {
                steps.add(name());
            } else if (accept("[")) {
                steps.add(index());
                expect("]");
            } else {
                break;
            }
        }
        if (steps.size() > MAXIMUM_DEPTH) {
            report("The document path has too many nesting levels; nesting levels: " + steps.size());
        }
        return new Path(steps);
    }

    private Path.Name name() {
        Token token = peek();
        return switch (token.kind()) {
            case NAME -> {
                next();
                if (ReservedWords.contains(token.text())) {
                    report("Attribute name is a reserved keyword; reserved keyword: " + token.text());
                }
                yield new Path.Name(token.text());
            }
            case NAME_PLACEHOLDER -> {
                next();
                Optional<String> name = placeholders.name(token.text());
                if (name.isEmpty()) {
                    report("An expression attribute name used in the document path is not defined; attribute name: "
                            + token.text());
                }
                yield new Path.Name(name.orElse(token.text()));
            }
            case VALUE_PLACEHOLDER, NUMBER, SYMBOL, UNKNOWN, END -> throw syntaxError();
        };
    }

    private Path.Index index() {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw syntaxError();
        }
        String digits = next().text();
        try {
            return new Path.Index(Integer.parseInt(digits));
        } catch (NumberFormatException tooLarge) {
            report("List index is not within the allowable range; index: [" + digits + "]");
            return new Path.Index(0);
        }
    }
}
