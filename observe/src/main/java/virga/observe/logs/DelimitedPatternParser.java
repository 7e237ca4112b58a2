package virga.observe.logs;

import java.util.ArrayList;
import java.util.List;
import virga.observe.logs.DelimitedPattern.Field;

/** Parses {@code [ip, user, ..., status = 404 || status = 410, bytes > 1000]}. */
final class DelimitedPatternParser {
    private static final String VALUE_ENDS = ",]&|";

    private final PatternCursor cursor;

    DelimitedPatternParser(String pattern) {
        this.cursor = new PatternCursor(pattern);
    }

    DelimitedPattern parse() {
        List<Field> before = new ArrayList<>();
        List<Field> after = new ArrayList<>();
        boolean ellipsis = false;
        cursor.expect("[");
        cursor.skipBlanks();
        if (!cursor.at(']')) {
            do {
                cursor.skipBlanks();
                if (cursor.take("...")) {
                    if (ellipsis) {
                        throw cursor.invalid("a second ellipsis");
                    }
                    ellipsis = true;
                } else {
                    (ellipsis ? after : before).add(field());
                }
                cursor.skipBlanks();
            } while (cursor.take(","));
        }
        cursor.expect("]");
        cursor.skipBlanks();
        if (!cursor.atEnd()) {
            throw cursor.invalid("text behind the closing bracket");
        }
        return new DelimitedPattern(before, ellipsis, after);
    }

    private Field field() {
        String name = name();
        cursor.skipBlanks();
        if (cursor.at(',') || cursor.at(']')) {
            return new Field(name, List.of());
        }
        List<List<Comparison>> anyOf = new ArrayList<>();
        List<Comparison> all = new ArrayList<>(List.of(Comparison.parse(cursor, VALUE_ENDS)));
        for (cursor.skipBlanks(); cursor.at("&&") || cursor.at("||"); cursor.skipBlanks()) {
            if (cursor.take("||")) {
                anyOf.add(all);
                all = new ArrayList<>();
            } else {
                cursor.take("&&");
            }
            cursor.skipBlanks();
            String again = name();
            if (!again.equals(name)) {
                throw cursor.invalid("conditions of the field " + name + " name another, " + again + ",");
            }
            all.add(Comparison.parse(cursor, VALUE_ENDS));
        }
        anyOf.add(all);
        return new Field(name, List.copyOf(anyOf));
    }

    private String name() {
        return cursor.takeWhile(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
}
