package virga.protocol.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;
import virga.model.Traits;

/** Reads JSON into values, by their schema. Members that the schema does not know are passed over, as AWS does. */
final class JsonShapeReader {
    private final JsonParser in;
    private final WireNames names;

    private JsonShapeReader(JsonParser in, WireNames names) {
        this.in = in;
        this.names = names;
    }

    /** The whole of {@code body} as a value of {@code schema}. @throws Fault SerializationException where it is not one */
    static Object read(Bytes body, Schema schema, Traits traits, WireNames names) {
        try (JsonParser parser = JsonText.FACTORY.createParser(body.unsafeArray())) {
            JsonShapeReader reader = new JsonShapeReader(parser, names);
            if (parser.nextToken() == null) {
                throw Malformed.serialization("Unexpected end of input");
            }
            Object value = reader.value(schema, traits);
            if (parser.nextToken() != null) {
                throw Malformed.serialization("Unexpected token after the end of the document");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw Malformed.serialization(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members of {@code body}, an object, into {@code values}, by their index. */
    static void readMembers(Bytes body, Schema schema, Object[] values, WireNames names) {
        try (JsonParser parser = JsonText.FACTORY.createParser(body.unsafeArray())) {
            JsonShapeReader reader = new JsonShapeReader(parser, names);
            parser.nextToken();
            reader.members(schema, values);
            if (parser.nextToken() != null) {
                throw Malformed.serialization("Unexpected token after the end of the document");
            }
        } catch (JsonProcessingException e) {
            throw Malformed.serialization(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object value(Schema schema, Traits traits) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (schema.type()) {
            case BOOLEAN -> bool(token);
            case BYTE -> (byte) integer(token, "Byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) integer(token, "Short", Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) integer(token, "Integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(token, "Long", Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) floating(token, "Float");
            case DOUBLE -> floating(token, "Double");
            case BIG_INTEGER -> number(token, "BigInteger").toBigInteger();
            case BIG_DECIMAL -> number(token, "BigDecimal");
            case STRING -> text(token, "String");
            case BLOB -> blob(token);
            case TIMESTAMP -> timestamp(token, traits.timestampFormat());
            case DOCUMENT -> document();
            case LIST -> list(schema, token);
            case MAP -> map(schema, token);
            case STRUCTURE, UNION -> structure(schema);
        };
    }

    private Structure structure(Schema schema) throws IOException {
        Object[] values = new Object[schema.members().size()];
        int set = members(schema, values);
        if (schema.type() == ShapeType.UNION && set != 1) {
            throw Malformed.serialization(
                    set == 0
                            ? "Unions must have a member set"
                            : "Unions must have exactly one member set, found " + set);
        }
        return schema.make(values);
    }

    /** How many members were set. */
    private int members(Schema schema, Object[] values) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw wrongStart(in.currentToken());
        }
        int set = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Member member = names.member(schema, name);
            in.nextToken();
            if (member == null) {
                if (schema.type() == ShapeType.UNION
                        && !name.equals("__type")
                        && in.currentToken() != JsonToken.VALUE_NULL) {
                    // An unknown member of a union cannot be passed over: the value would be lost.
                    throw Malformed.serialization("Unknown union member " + name);
                }
                in.skipChildren();
                continue;
            }
            Object value = value(member.target(), member.traits());
            values[member.index()] = value;
            if (value != null) {
                set++;
            }
        }
        return set;
    }

    private Object list(Schema schema, JsonToken start) throws IOException {
        if (start != JsonToken.START_ARRAY) {
            throw wrongStart(start);
        }
        Member element = schema.element();
        boolean sparse = schema.traits().sparse();
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Object item = value(element.target(), element.traits());
            if (item == null && !sparse && element.type() != ShapeType.DOCUMENT) {
                throw Malformed.serialization("NULL_VALUE is not allowed in a list");
            }
            list.add(item);
        }
        return Collections.unmodifiableList(list);
    }

    private Object map(Schema schema, JsonToken start) throws IOException {
        if (start != JsonToken.START_OBJECT) {
            throw wrongStart(start);
        }
        Member value = schema.value();
        boolean sparse = schema.traits().sparse();
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            Object item = value(value.target(), value.traits());
            if (item == null && !sparse && value.type() != ShapeType.DOCUMENT) {
                throw Malformed.serialization("NULL_VALUE is not allowed in a map");
            }
            map.put(name, item);
        }
        return Collections.unmodifiableMap(map);
    }

    private Boolean bool(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw conversion(token, "Boolean");
        };
    }

    private long integer(JsonToken token, String wanted, long min, long max) throws IOException {
        long value;
        if (token == JsonToken.VALUE_NUMBER_INT) {
            try {
                value = in.getLongValue();
            } catch (InputCoercionException e) {
                throw conversion(token, wanted);
            }
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            value = whole(in.getDecimalValue(), wanted);
        } else {
            throw conversion(token, wanted);
        }
        if (value < min || value > max) {
            throw conversion(token, wanted);
        }
        return value;
    }

    /** 10.0 and 1e3 are whole numbers, as JavaScript and Lua write them; 1.5 is not. */
    private long whole(BigDecimal number, String wanted) {
        try {
            if (number.scale() > 0 && number.stripTrailingZeros().scale() > 0) {
                throw conversion(JsonToken.VALUE_NUMBER_FLOAT, wanted);
            }
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw conversion(JsonToken.VALUE_NUMBER_FLOAT, wanted);
        }
    }

    private double floating(JsonToken token, String wanted) throws IOException {
        if (token.isNumeric()) {
            return in.getDoubleValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            switch (in.getText()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    break;
            }
        }
        throw conversion(token, wanted);
    }

    private BigDecimal number(JsonToken token, String wanted) throws IOException {
        if (!token.isNumeric()) {
            throw conversion(token, wanted);
        }
        return in.getDecimalValue();
    }

    private String text(JsonToken token, String wanted) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw conversion(token, wanted);
        }
        return in.getText();
    }

    private Bytes blob(JsonToken token) throws IOException {
        text(token, "Blob");
        return Bytes.wrap(in.getBinaryValue());
    }

    private Instant timestamp(JsonToken token, String said) throws IOException {
        String format = said.isEmpty() ? Timestamps.EPOCH_SECONDS : said;
        try {
            if (format.equals(Timestamps.EPOCH_SECONDS)) {
                return Timestamps.ofEpochSeconds(number(token, "Timestamp"));
            }
            return Timestamps.parse(text(token, "Timestamp"), format);
        } catch (DateTimeException e) {
            throw Malformed.serialization("Could not parse the timestamp: " + e.getMessage());
        }
    }

    private Object document() throws IOException {
        switch (in.currentToken()) {
            case VALUE_NULL:
                return null;
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            case VALUE_STRING:
                return in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return in.getNumberValue();
            case START_ARRAY:
                List<Object> list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.add(document());
                }
                return Collections.unmodifiableList(list);
            case START_OBJECT:
                Map<String, Object> map = new LinkedHashMap<>();
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    map.put(name, document());
                }
                return Collections.unmodifiableMap(map);
            default:
                throw Malformed.serialization("Unexpected token");
        }
    }

    private static Fault wrongStart(JsonToken token) {
        return token == JsonToken.START_ARRAY
                ? Malformed.serialization("Start of list found where not expected")
                : token == JsonToken.START_OBJECT
                        ? Malformed.serialization("Start of structure or map found where not expected.")
                        : Malformed.serialization("Unexpected value type in payload");
    }

    private static Fault conversion(JsonToken token, String wanted) {
        return switch (token) {
            case VALUE_STRING -> Malformed.conversion("STRING_VALUE", wanted);
            case VALUE_NUMBER_INT -> Malformed.conversion("NUMBER_VALUE", wanted);
            case VALUE_NUMBER_FLOAT -> Malformed.conversion("DECIMAL_VALUE", wanted);
            case VALUE_TRUE -> Malformed.conversion("TRUE_VALUE", wanted);
            case VALUE_FALSE -> Malformed.conversion("FALSE_VALUE", wanted);
            default -> wrongStart(token);
        };
    }
}
