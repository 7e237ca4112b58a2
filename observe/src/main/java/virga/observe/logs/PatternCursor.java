package virga.observe.logs;

import java.util.function.IntPredicate;
import virga.kernel.Fault;

/** A place in the text of a pattern that is being parsed. */
final class PatternCursor {
    private final String text;
    private int at;

    PatternCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    boolean at(char c) {
        return !atEnd() && text.charAt(at) == c;
    }

    boolean at(String expected) {
        return text.startsWith(expected, at);
    }

    void skipBlanks() {
        while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Passes over {@code expected} where it stands here. */
    boolean take(String expected) {
        if (!at(expected)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    void expect(String expected) {
        skipBlanks();
        if (!take(expected)) {
            throw invalid("'" + expected + "' is missing");
        }
    }

    String takeWhile(IntPredicate wanted) {
        int from = at;
        while (!atEnd() && wanted.test(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** What stands between two {@code fence} characters; the cursor is at the first. */
    String between(char fence) {
        int end = text.indexOf(fence, at + 1);
        if (end < 0) {
            throw invalid("a closing " + fence + " is missing");
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    /** A quoted text, in which a backslash takes the next character as it is; the cursor is at the opening quote. */
    String quoted() {
        char quote = text.charAt(at++);
        StringBuilder inside = new StringBuilder();
        while (!at(quote)) {
            if (at('\\')) {
                at++;
            }
            if (atEnd()) {
                throw invalid("a closing " + quote + " is missing");
            }
            inside.append(text.charAt(at++));
        }
        at++;
        return inside.toString();
    }

    Fault invalid(String why) {
        return LogFaults.invalid("Invalid filter pattern: " + why + " at position " + (at + 1) + " of " + text);
    }
}
