package virga.observe.logs;

import java.util.List;
import java.util.Optional;
import virga.observe.json.Json;

/** Conditions on a message that is JSON. A message that is not never matches. */
record JsonPattern(Condition condition) implements FilterPattern {
    sealed interface Condition {
        record All(List<Condition> parts) implements Condition {}

        record Any(List<Condition> parts) implements Condition {}

        record Compare(JsonSelector selector, Comparison comparison) implements Condition {}

        /** {@code IS NULL}, {@code IS TRUE}, {@code IS FALSE}. */
        record Is(JsonSelector selector, Json constant) implements Condition {}

        record NotExists(JsonSelector selector) implements Condition {}
    }

    @Override
    public boolean matches(String message) {
        return Json.parse(message)
                .filter(document -> meets(condition, document))
                .isPresent();
    }

    @Override
    public Optional<String> value(String message, String selector) {
        if (!selector.startsWith("$.")) {
            return Optional.empty();
        }
        JsonSelector wanted = JsonSelector.parse(new PatternCursor(selector));
        return Json.parse(message)
                .flatMap(document -> wanted.select(document).stream().findFirst())
                .flatMap(JsonPattern::scalar);
    }

    private static boolean meets(Condition condition, Json document) {
        return switch (condition) {
            case Condition.All all -> all.parts.stream().allMatch(part -> meets(part, document));
            case Condition.Any any -> any.parts.stream().anyMatch(part -> meets(part, document));
            case Condition.NotExists missing ->
                missing.selector.select(document).isEmpty();
            case Condition.Is is -> is.selector.select(document).contains(is.constant);
            case Condition.Compare compare ->
                compare.selector.select(document).stream()
                        .anyMatch(node -> scalar(node)
                                .filter(value -> compare.comparison.meets(value, node instanceof Json.Text))
                                .isPresent());
        };
    }

    /** Text and numbers can be compared; arrays, objects and null can not. */
    private static Optional<String> scalar(Json node) {
        return switch (node) {
            case Json.Text text -> Optional.of(text.value());
            case Json.Number number -> Optional.of(number.literal());
            case Json.Truth truth -> Optional.of(Boolean.toString(truth.value()));
            case Json.Null ignored -> Optional.empty();
            case Json.Array ignored -> Optional.empty();
            case Json.Structure ignored -> Optional.empty();
        };
    }
}
