package virga.services.dynamodb.expression;

/**
 * One token and where it stands in its expression, from {@code start} (inclusive) to {@code end} (exclusive).
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        /** A bare attribute or function name, or a keyword. */
        NAME,
        /** {@code #name} */
        NAME_PLACEHOLDER,
        /** {@code :value} */
        VALUE_PLACEHOLDER,
        NUMBER,
        SYMBOL,
        /** A character that no expression holds. */
        UNKNOWN,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Keywords are not case-sensitive. */
    boolean isKeyword(String keyword) {
        return kind == Kind.NAME && text.equalsIgnoreCase(keyword);
    }
}
