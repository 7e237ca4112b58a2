package virga.observe.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words and phrases: every required one, none of the excluded, and, where there is nothing else, one of the optional. */
record TermsPattern(List<Term> required, List<Term> optional, List<Term> excluded) implements FilterPattern {
    TermsPattern {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        excluded = List.copyOf(excluded);
    }

    /** One thing to look for. */
    sealed interface Term {
        boolean isIn(String message);

        record Word(String text) implements Term {
            @Override
            public boolean isIn(String message) {
                return message.contains(text);
            }
        }

        record Expression(FilterRegex regex) implements Term {
            @Override
            public boolean isIn(String message) {
                return regex.finds(message);
            }
        }
    }

    static TermsPattern parse(String pattern) {
        List<Term> required = new ArrayList<>();
        List<Term> optional = new ArrayList<>();
        List<Term> excluded = new ArrayList<>();
        PatternCursor cursor = new PatternCursor(pattern);
        for (cursor.skipBlanks(); !cursor.atEnd(); cursor.skipBlanks()) {
            List<Term> kind = cursor.take("-") ? excluded : cursor.take("?") ? optional : required;
            kind.add(term(cursor));
        }
        return new TermsPattern(required, optional, excluded);
    }

    @Override
    public boolean matches(String message) {
        if (excluded.stream().anyMatch(term -> term.isIn(message))) {
            return false;
        }
        if (required.isEmpty() && excluded.isEmpty() && !optional.isEmpty()) {
            return optional.stream().anyMatch(term -> term.isIn(message));
        }
        // AWS ignores optional terms beside others.
        return required.stream().allMatch(term -> term.isIn(message));
    }

    @Override
    public Optional<String> value(String message, String selector) {
        return Optional.empty();
    }

    private static Term term(PatternCursor cursor) {
        if (cursor.at('"')) {
            // A blank phrase is AWS's way to say "everything".
            return new Term.Word(cursor.quoted().strip());
        }
        if (cursor.at('%')) {
            return new Term.Expression(FilterRegex.parse(cursor.between('%')));
        }
        String word = cursor.takeWhile(c -> !Character.isWhitespace(c) && c != '"');
        if (word.isEmpty()) {
            throw cursor.invalid("a term is missing");
        }
        for (char c : word.toCharArray()) {
            if (!Character.isLetterOrDigit(c) && c != '_') {
                throw LogFaults.invalid("Invalid filter pattern: Invalid character(s) in term '" + word + "'");
            }
        }
        return new Term.Word(word);
    }
}
