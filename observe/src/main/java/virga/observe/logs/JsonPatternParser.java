package virga.observe.logs;

import java.util.ArrayList;
import java.util.List;
import virga.observe.json.Json;
import virga.observe.logs.JsonPattern.Condition;

/** Parses <code>{ $.a = 1 && ($.b = "x*" || $.c NOT EXISTS) }</code>. {@code &&} binds closer than {@code ||}. */
final class JsonPatternParser {
    private static final String VALUE_ENDS = ")}&|";

    private final PatternCursor cursor;

    JsonPatternParser(String pattern) {
        this.cursor = new PatternCursor(pattern);
    }

    JsonPattern parse() {
        cursor.expect("{");
        Condition condition = any();
        cursor.expect("}");
        cursor.skipBlanks();
        if (!cursor.atEnd()) {
            throw cursor.invalid("text behind the closing brace");
        }
        return new JsonPattern(condition);
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        for (cursor.skipBlanks(); cursor.take("||"); cursor.skipBlanks()) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(List.copyOf(parts));
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        for (cursor.skipBlanks(); cursor.take("&&"); cursor.skipBlanks()) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(List.copyOf(parts));
    }

    private Condition one() {
        cursor.skipBlanks();
        if (cursor.take("(")) {
            Condition inner = any();
            cursor.expect(")");
            return inner;
        }
        JsonSelector selector = JsonSelector.parse(cursor);
        cursor.skipBlanks();
        if (cursor.take("NOT")) {
            cursor.expect("EXISTS");
            return new Condition.NotExists(selector);
        }
        if (cursor.take("IS")) {
            cursor.skipBlanks();
            return new Condition.Is(selector, constant());
        }
        return new Condition.Compare(selector, Comparison.parse(cursor, VALUE_ENDS));
    }

    private Json constant() {
        if (cursor.take("NULL")) {
            return new Json.Null();
        }
        if (cursor.take("TRUE")) {
            return new Json.Truth(true);
        }
        if (cursor.take("FALSE")) {
            return new Json.Truth(false);
        }
        throw cursor.invalid("IS takes NULL, TRUE or FALSE");
    }
}
