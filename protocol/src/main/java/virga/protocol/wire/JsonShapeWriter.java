package virga.protocol.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Schema;
import virga.model.Structure;
import virga.model.Traits;

/** Writes values as JSON, by their schema. */
final class JsonShapeWriter {
    private final JsonGenerator out;
    private final WireNames names;

    JsonShapeWriter(JsonGenerator out, WireNames names) {
        this.out = out;
        this.names = names;
    }

    void structure(Structure structure) throws IOException {
        out.writeStartObject();
        members(structure, structure.schema().members());
        out.writeEndObject();
    }

    /** The set ones of {@code members}, as fields of the object that is open. */
    void members(Structure structure, List<Member> members) throws IOException {
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Object value = structure.valueOf(member);
            if (value != null) {
                out.writeFieldName(names.of(member));
                value(member.target(), member.traits(), value);
            }
        }
    }

    void value(Schema schema, Traits traits, Object value) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (schema.type()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BYTE -> out.writeNumber(((Byte) value).intValue());
            case SHORT -> out.writeNumber(((Short) value).intValue());
            case INTEGER -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case BIG_INTEGER -> out.writeNumber((BigInteger) value);
            case BIG_DECIMAL -> out.writeNumber((BigDecimal) value);
            case STRING -> out.writeString((String) value);
            case BLOB -> blob((Bytes) value);
            case TIMESTAMP -> timestamp((Instant) value, traits.timestampFormat());
            case DOCUMENT -> document(value);
            case LIST -> list(schema, (List<?>) value);
            case MAP -> map(schema, (Map<?, ?>) value);
            case STRUCTURE, UNION -> structure((Structure) value);
        }
    }

    private void blob(Bytes bytes) throws IOException {
        out.writeBinary(bytes.unsafeArray());
    }

    private void timestamp(Instant instant, String format) throws IOException {
        if (format.isEmpty() || format.equals(Timestamps.EPOCH_SECONDS)) {
            out.writeNumber(Timestamps.epochSeconds(instant));
        } else {
            out.writeString(Timestamps.format(instant, format));
        }
    }

    private void list(Schema schema, List<?> list) throws IOException {
        Member element = schema.element();
        out.writeStartArray();
        for (Object item : list) {
            value(element.target(), element.traits(), item);
        }
        out.writeEndArray();
    }

    private void map(Schema schema, Map<?, ?> map) throws IOException {
        Member value = schema.value();
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            value(value.target(), value.traits(), entry.getValue());
        }
        out.writeEndObject();
    }

    /** A JSON-like value without a schema. */
    void document(Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Boolean flag -> out.writeBoolean(flag);
            case String text -> out.writeString(text);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Number number -> out.writeNumber(new BigDecimal(number.toString()));
            case List<?> list -> {
                out.writeStartArray();
                for (Object item : list) {
                    document(item);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    document(entry.getValue());
                }
                out.writeEndObject();
            }
            default -> throw new virga.kernel.Bug("not a document: " + value.getClass());
        }
    }
}
