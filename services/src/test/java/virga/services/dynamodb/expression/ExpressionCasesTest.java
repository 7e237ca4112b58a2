package virga.services.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.Fault;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.TestingItems;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/** Expressions and what becomes of them on one item, from the {@code .cases} files beside this class. */
class ExpressionCasesTest {
    private static final Item ITEM = TestingItems.item(
            "{\"a\":{\"S\":\"x\"},\"n\":{\"N\":\"5\"},\"l\":{\"L\":[{\"S\":\"q\"},"
                    + "{\"N\":\"2\"}]},\"m\":{\"M\":{\"k\":{\"S\":\"v\"}}},\"ss\":{\"SS\":[\"a\",\"b\"]},\"ns\":{\"NS\":[\"1\",\"2\"]}}");
    private static final KeySchema KEY =
            new KeySchema(List.of(new KeyAttribute("pk", ValueType.S), new KeyAttribute("sk", ValueType.N)));

    @TestFactory
    Stream<DynamicTest> conditionsHoldFailOrAreRefused() {
        return cases(
                "conditions.cases",
                (text, placeholders) -> String.valueOf(Condition.parse(ExpressionKind.CONDITION, text, placeholders)
                        .holds(ITEM)));
    }

    @TestFactory
    Stream<DynamicTest> updatesChangeTheItemOrAreRefused() {
        return cases(
                "updates.cases",
                (text, placeholders) ->
                        TestingItems.json(Update.parse(text, placeholders).applyTo(ITEM)));
    }

    @TestFactory
    Stream<DynamicTest> projectionsKeepPartsOrAreRefused() {
        return cases("projections.cases", (text, placeholders) -> {
            Projection projection = Projection.parse(text, placeholders);
            placeholders.checkAllUsed();
            return TestingItems.json(projection.of(ITEM));
        });
    }

    @TestFactory
    Stream<DynamicTest> keyConditionsAreReadOrRefused() {
        return cases("key-conditions.cases", (text, placeholders) -> {
            KeyCondition.parse(text, placeholders, KEY);
            return "ok";
        });
    }

    private static Stream<DynamicTest> cases(String file, BiFunction<String, Placeholders, String> run) {
        return read(file)
                .map(block -> DynamicTest.dynamicTest("> " + block.expression(), () -> {
                    String outcome;
                    try {
                        outcome = run.apply(block.expression(), Placeholders.of(block.names(), block.values()));
                    } catch (Fault fault) {
                        outcome = fault.getMessage();
                    }
                    assertThat(outcome).isEqualTo(block.outcome());
                }));
    }

    private record Block(String expression, Map<String, String> names, Map<String, Value> values, String outcome) {}

    private static Stream<Block> read(String file) {
        List<Block> blocks = new ArrayList<>();
        for (String text : content(file).split("\n\n")) {
            if (!text.startsWith(">")) {
                continue;
            }
            String expression = "";
            Map<String, String> names = new LinkedHashMap<>();
            Map<String, Value> values = new LinkedHashMap<>();
            for (String line : text.split("\n")) {
                String rest = line.substring(line.indexOf(' ') + 1);
                switch (line.charAt(0)) {
                    case '>' -> expression = rest.replace("\\n", "\n").replace("\\t", "\t");
                    case ':' -> values.put(line.substring(0, line.indexOf(' ')), TestingItems.value(rest));
                    case '#' -> names.put(line.substring(0, line.indexOf(' ')), rest);
                    case '=' -> blocks.add(new Block(expression, names, values, rest));
                    default -> throw new IllegalArgumentException(file + ": " + line);
                }
            }
        }
        return blocks.stream();
    }

    private static String content(String file) {
        try (InputStream in = ExpressionCasesTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
