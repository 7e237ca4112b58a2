package virga.observe.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import virga.observe.json.Json;

/** A path into JSON: {@code $.users[0].email}, {@code $.items[*].id}, {@code $.['cluster.name']}. At most one step is a wildcard. */
record JsonSelector(List<Step> steps) {
    sealed interface Step {
        record Field(String name) implements Step {}

        record Element(int index) implements Step {}

        /** Every element of an array or every field of an object. */
        record Each() implements Step {}
    }

    /** @throws virga.kernel.Fault {@code InvalidParameterException} */
    static JsonSelector parse(PatternCursor cursor) {
        cursor.expect("$");
        List<Step> steps = new ArrayList<>();
        while (cursor.at('.') || cursor.at('[')) {
            steps.add(step(cursor));
        }
        if (steps.isEmpty()) {
            throw cursor.invalid("a selector names no field");
        }
        if (steps.stream().filter(Step.Each.class::isInstance).count() > 1) {
            throw cursor.invalid("a selector has more than one wildcard");
        }
        return new JsonSelector(List.copyOf(steps));
    }

    List<Json> select(Json document) {
        Stream<Json> found = Stream.of(document);
        for (Step step : steps) {
            found = found.flatMap(node -> select(node, step));
        }
        return found.toList();
    }

    private static Step step(PatternCursor cursor) {
        if (cursor.take(".") && !cursor.at('[')) {
            if (cursor.take("*")) {
                return new Step.Each();
            }
            String name = cursor.takeWhile(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '@');
            if (name.isEmpty()) {
                throw cursor.invalid("a field's name is missing");
            }
            return new Step.Field(name);
        }
        cursor.expect("[");
        Step step;
        if (cursor.take("*")) {
            step = new Step.Each();
        } else if (cursor.at('\'') || cursor.at('"')) {
            step = new Step.Field(cursor.quoted());
        } else {
            String digits = cursor.takeWhile(Character::isDigit);
            if (digits.isEmpty() || digits.length() > 9) {
                throw cursor.invalid("an index is missing");
            }
            step = new Step.Element(Integer.parseInt(digits));
        }
        cursor.expect("]");
        return step;
    }

    private static Stream<Json> select(Json node, Step step) {
        return switch (step) {
            case Step.Field field ->
                node instanceof Json.Structure structure && structure.fields().containsKey(field.name)
                        ? Stream.of(structure.fields().get(field.name))
                        : Stream.empty();
            case Step.Element element ->
                node instanceof Json.Array array
                                && element.index < array.elements().size()
                        ? Stream.of(array.elements().get(element.index))
                        : Stream.empty();
            case Step.Each ignored ->
                switch (node) {
                    case Json.Array array -> array.elements().stream();
                    case Json.Structure structure -> structure.fields().values().stream();
                    case Json.Text unused -> Stream.empty();
                    case Json.Number unused -> Stream.empty();
                    case Json.Truth unused -> Stream.empty();
                    case Json.Null unused -> Stream.empty();
                };
        };
    }
}
