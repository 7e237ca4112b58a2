package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens; the last one is always {@link Token.Kind#END}. */
final class Tokenizer {
    private static final String SINGLE_SYMBOLS = "=<>()[],.+-";

    private final String text;
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Tokenizer tokenizer = new Tokenizer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(tokenizer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Token.Kind.END, "<EOF>", at, at);
        }
        int start = at;
        char first = text.charAt(at);
        if (isLetter(first)) {
            return word(Token.Kind.NAME, start, start + 1);
        }
        if ((first == '#' || first == ':') && start + 1 < text.length() && isWord(text.charAt(start + 1))) {
            Token.Kind kind = first == '#' ? Token.Kind.NAME_PLACEHOLDER : Token.Kind.VALUE_PLACEHOLDER;
            return word(kind, start, start + 1);
        }
        if (isDigit(first)) {
            // A number has no leading zeros: 01 is two tokens.
            int end = start + 1;
            while (first != '0' && end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            return token(Token.Kind.NUMBER, start, end);
        }
        String two = text.substring(start, Math.min(start + 2, text.length()));
        if (two.equals("<=") || two.equals(">=") || two.equals("<>")) {
            return token(Token.Kind.SYMBOL, start, start + 2);
        }
        boolean symbol = SINGLE_SYMBOLS.indexOf(first) >= 0;
        return token(symbol ? Token.Kind.SYMBOL : Token.Kind.UNKNOWN, start, start + 1);
    }

    private Token word(Token.Kind kind, int start, int from) {
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return token(kind, start, end);
    }

    private Token token(Token.Kind kind, int start, int end) {
        at = end;
        return new Token(kind, text.substring(start, end), start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
