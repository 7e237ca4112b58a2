package virga.protocol.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Schema;
import virga.model.Structure;

/** Writes values as CBOR, by their schema. Source: Smithy RPC v2 CBOR, "Shape serialization". */
final class CborShapeWriter {
    private final CborOutput out;

    CborShapeWriter(CborOutput out) {
        this.out = out;
    }

    void structure(Structure structure) {
        out.head(CborOutput.MAP, count(structure));
        members(structure);
    }

    static int count(Structure structure) {
        int count = 0;
        for (Member member : structure.schema().members()) {
            count += structure.has(member) ? 1 : 0;
        }
        return count;
    }

    /** The set members, as entries of a map whose head counted them. */
    void members(Structure structure) {
        for (Member member : structure.schema().members()) {
            Object value = structure.valueOf(member);
            if (value != null) {
                out.text(member.name());
                value(member.target(), value);
            }
        }
    }

    private void value(Schema schema, Object value) {
        if (value == null) {
            out.nothing();
            return;
        }
        switch (schema.type()) {
            case BOOLEAN -> out.bool((Boolean) value);
            case BYTE, SHORT, INTEGER, LONG -> out.integer(((Number) value).longValue());
            case FLOAT -> out.float32((Float) value);
            case DOUBLE -> out.float64((Double) value);
            case BIG_INTEGER -> bigInteger((BigInteger) value);
            case BIG_DECIMAL -> bigDecimal((BigDecimal) value);
            case STRING -> out.text((String) value);
            case BLOB -> out.bytes(((Bytes) value).unsafeArray());
            case TIMESTAMP -> timestamp((Instant) value);
            case LIST -> list(schema, (List<?>) value);
            case MAP -> map(schema, (Map<?, ?>) value);
            case STRUCTURE, UNION -> structure((Structure) value);
            case DOCUMENT -> throw new Bug("RPC v2 CBOR has no documents");
        }
    }

    private void bigInteger(BigInteger value) {
        boolean negative = value.signum() < 0;
        out.head(CborOutput.TAG, negative ? 3 : 2);
        byte[] magnitude = (negative ? value.not() : value).toByteArray();
        out.bytes(magnitude);
    }

    private void bigDecimal(BigDecimal value) {
        out.head(CborOutput.TAG, 4);
        out.head(CborOutput.ARRAY, 2);
        out.integer(-value.scale());
        bigInteger(value.unscaledValue());
    }

    private void timestamp(Instant instant) {
        out.head(CborOutput.TAG, 1);
        if (instant.getNano() == 0) {
            out.integer(instant.getEpochSecond());
        } else {
            out.float64(instant.toEpochMilli() / 1000.0);
        }
    }

    private void list(Schema schema, List<?> list) {
        out.head(CborOutput.ARRAY, list.size());
        for (Object item : list) {
            value(schema.element().target(), item);
        }
    }

    private void map(Schema schema, Map<?, ?> map) {
        out.head(CborOutput.MAP, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.text((String) entry.getKey());
            value(schema.value().target(), entry.getValue());
        }
    }
}
