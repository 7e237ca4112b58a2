package virga.services.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import virga.cloud.Faults;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeValue;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Numbers;
import virga.services.dynamodb.item.Value;

/** Between the attribute values of requests and answers and our own. */
final class AttributeValues {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int LONGEST_NAME = 65535;

    private AttributeValues() {}

    /** @throws Fault ValidationException where a value is none, or two at once */
    static Item toItem(Map<String, AttributeValue> attributes) {
        return new Item(toValues(attributes));
    }

    static Map<String, Value> toValues(Map<String, AttributeValue> attributes) {
        Map<String, Value> values = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> {
            if (name.length() > LONGEST_NAME) {
                throw Faults.validation(INVALID + "Attribute name is too large, must be less than 65536 bytes");
            }
            values.put(name, toValue(value));
        });
        return values;
    }

    /** @throws Fault ValidationException where it is no value, or two at once */
    static Value toValue(AttributeValue given) {
        List<Value> found = new ArrayList<>(1);
        given.s().ifPresent(text -> found.add(new Value.S(text)));
        given.n().ifPresent(number -> found.add(new Value.N(Numbers.parse(number))));
        given.b().ifPresent(bytes -> found.add(new Value.B(bytes)));
        given.bool().ifPresent(truth -> found.add(new Value.Bool(truth)));
        given.null_().ifPresent(truth -> found.add(toNull(truth)));
        if (given.hasM()) {
            found.add(new Value.M(toValues(given.m())));
        }
        if (given.hasL()) {
            found.add(
                    new Value.L(given.l().stream().map(AttributeValues::toValue).toList()));
        }
        if (given.hasSs()) {
            found.add(toTexts(given.ss()));
        }
        if (given.hasNs()) {
            found.add(toNumbers(given.ns()));
        }
        if (given.hasBs()) {
            found.add(toBlobs(given.bs()));
        }
        if (found.isEmpty()) {
            throw Faults.validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        if (found.size() > 1) {
            throw Faults.validation(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                            + " the supported datatypes");
        }
        return found.getFirst();
    }

    private static Value toNull(boolean truth) {
        if (!truth) {
            throw Faults.validation(INVALID + "Null attribute value types must have the value of true");
        }
        return new Value.Null();
    }

    private static Value toTexts(List<String> texts) {
        if (texts.isEmpty()) {
            throw Faults.validation(INVALID + "An string set  may not be empty");
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            throw Faults.validation(INVALID + "Input collection " + texts + " contains duplicates.");
        }
        return Value.SS.of(texts);
    }

    private static Value toNumbers(List<String> texts) {
        if (texts.isEmpty()) {
            throw Faults.validation(INVALID + "An number set  may not be empty");
        }
        SortedSet<BigDecimal> numbers = new TreeSet<>();
        texts.forEach(text -> numbers.add(Numbers.parse(text)));
        if (numbers.size() < texts.size()) {
            throw Faults.validation("Input collection contains duplicates");
        }
        return new Value.NS(numbers);
    }

    private static Value toBlobs(List<Bytes> blobs) {
        if (blobs.isEmpty()) {
            throw Faults.validation(INVALID + "Binary sets should not be empty");
        }
        if (new HashSet<>(blobs).size() < blobs.size()) {
            throw Faults.validation(INVALID + "Input collection "
                    + blobs.stream().map(Bytes::base64).toList() + "of type BS contains duplicates.");
        }
        return Value.BS.of(blobs);
    }

    static Map<String, AttributeValue> of(Item item) {
        return ofEntries(item.attributes());
    }

    private static Map<String, AttributeValue> ofEntries(Map<String, Value> values) {
        Map<String, AttributeValue> attributes = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, value) -> attributes.put(name, of(value)));
        return attributes;
    }

    static AttributeValue of(Value value) {
        return switch (value) {
            case Value.S(String text) -> AttributeValue.ofS(text);
            case Value.N(BigDecimal number) -> AttributeValue.ofN(Numbers.text(number));
            case Value.B(Bytes bytes) -> AttributeValue.ofB(bytes);
            case Value.Bool(boolean truth) -> AttributeValue.ofBool(truth);
            case Value.Null() -> AttributeValue.ofNull_(true);
            case Value.M(Map<String, Value> entries) -> AttributeValue.ofM(ofEntries(entries));
            case Value.L(List<Value> elements) ->
                AttributeValue.ofL(elements.stream().map(AttributeValues::of).toList());
            case Value.SS(SortedSet<String> texts) -> AttributeValue.ofSs(List.copyOf(texts));
            case Value.NS(SortedSet<BigDecimal> numbers) ->
                AttributeValue.ofNs(numbers.stream().map(Numbers::text).toList());
            case Value.BS(SortedSet<Bytes> blobs) -> AttributeValue.ofBs(List.copyOf(blobs));
        };
    }
}
