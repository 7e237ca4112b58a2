package virga.services.dynamodb;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import virga.kernel.Bytes;
import virga.model.dynamodbstreams.AttributeValue;
import virga.model.dynamodbstreams.Identity;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.StreamRecord;
import virga.services.dynamodb.item.Numbers;
import virga.services.dynamodb.item.Value;

/** Stream records as clients see them; the stream API has attribute values of its own. */
final class StreamRecords {
    private StreamRecords() {}

    static Record shown(StreamLog.Entry entry, long sequence, String viewType, String region) {
        StreamRecord.Builder change = StreamRecord.builder()
                .approximateCreationDateTime(entry.at())
                .keys(of(entry.keys().attributes()))
                .sequenceNumber(SequenceNumbers.text(sequence))
                .sizeBytes(entry.bytes())
                .streamViewType(viewType);
        if (!entry.newImage().isEmpty()) {
            change.newImage(of(entry.newImage().attributes()));
        }
        if (!entry.oldImage().isEmpty()) {
            change.oldImage(of(entry.oldImage().attributes()));
        }
        Record.Builder shown = Record.builder()
                .eventID(entry.eventId())
                .eventName(entry.name())
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion(region)
                .dynamodb(change.build());
        if (entry.actor() == StreamLog.Actor.EXPIRY) {
            shown.userIdentity(Identity.builder()
                    .type("Service")
                    .principalId("dynamodb.amazonaws.com")
                    .build());
        }
        return shown.build();
    }

    private static Map<String, AttributeValue> of(Map<String, Value> values) {
        Map<String, AttributeValue> shown = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, value) -> shown.put(name, of(value)));
        return shown;
    }

    private static AttributeValue of(Value value) {
        return switch (value) {
            case Value.S(String text) -> AttributeValue.ofS(text);
            case Value.N(BigDecimal number) -> AttributeValue.ofN(Numbers.text(number));
            case Value.B(Bytes bytes) -> AttributeValue.ofB(bytes);
            case Value.Bool(boolean truth) -> AttributeValue.ofBool(truth);
            case Value.Null() -> AttributeValue.ofNull_(true);
            case Value.M(Map<String, Value> entries) -> AttributeValue.ofM(of(entries));
            case Value.L(List<Value> elements) ->
                AttributeValue.ofL(elements.stream().map(StreamRecords::of).toList());
            case Value.SS(SortedSet<String> texts) -> AttributeValue.ofSs(List.copyOf(texts));
            case Value.NS(SortedSet<BigDecimal> numbers) ->
                AttributeValue.ofNs(numbers.stream().map(Numbers::text).toList());
            case Value.BS(SortedSet<Bytes> blobs) -> AttributeValue.ofBs(List.copyOf(blobs));
        };
    }
}
