package virga.services.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.store.Codec;

/**
 * Items at rest: a count, then each attribute's name, type byte and content; lengths are variable-length integers. The type bytes are
 * part of the stored form and never change their meaning.
 */
public final class ItemCodec implements Codec<Item> {
    public static final ItemCodec ITEM = new ItemCodec();

    private ItemCodec() {}

    @Override
    public Bytes encode(Item item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        entries(out, item.attributes());
        return Bytes.wrap(out.toByteArray());
    }

    @Override
    public Item decode(Bytes bytes) {
        return new Item(new Reader(bytes.unsafeArray()).entries());
    }

    private static void value(ByteArrayOutputStream out, Value value) {
        out.write(code(value.type()));
        switch (value) {
            case Value.S(String text) -> text(out, text);
            case Value.N(BigDecimal number) -> number(out, number);
            case Value.B(Bytes bytes) -> bytes(out, bytes.unsafeArray());
            case Value.Bool(boolean truth) -> out.write(truth ? 1 : 0);
            case Value.Null() -> {}
            case Value.M(Map<String, Value> entries) -> entries(out, entries);
            case Value.L(List<Value> elements) -> {
                length(out, elements.size());
                elements.forEach(element -> value(out, element));
            }
            case Value.SS(SortedSet<String> texts) -> {
                length(out, texts.size());
                texts.forEach(text -> text(out, text));
            }
            case Value.NS(SortedSet<BigDecimal> numbers) -> {
                length(out, numbers.size());
                numbers.forEach(number -> number(out, number));
            }
            case Value.BS(SortedSet<Bytes> blobs) -> {
                length(out, blobs.size());
                blobs.forEach(blob -> bytes(out, blob.unsafeArray()));
            }
        }
    }

    private static int code(ValueType type) {
        return switch (type) {
            case S -> 1;
            case N -> 2;
            case B -> 3;
            case BOOL -> 4;
            case NULL -> 5;
            case M -> 6;
            case L -> 7;
            case SS -> 8;
            case NS -> 9;
            case BS -> 10;
        };
    }

    private static void entries(ByteArrayOutputStream out, Map<String, Value> entries) {
        length(out, entries.size());
        entries.forEach((name, value) -> {
            text(out, name);
            value(out, value);
        });
    }

    private static void text(ByteArrayOutputStream out, String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(ByteArrayOutputStream out, BigDecimal number) {
        // The scale lies between -125 and 167; a shift makes it a small positive length.
        length(out, number.scale() + 256);
        bytes(out, number.unscaledValue().toByteArray());
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        length(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void length(ByteArrayOutputStream out, int length) {
        int rest = length;
        while (rest > 0x7F) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Map<String, Value> entries() {
            int count = length();
            Map<String, Value> entries = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                String name = text();
                entries.put(name, value());
            }
            return entries;
        }

        private Value value() {
            int code = bytes[at++];
            return switch (code) {
                case 1 -> new Value.S(text());
                case 2 -> new Value.N(number());
                case 3 -> new Value.B(blob());
                case 4 -> new Value.Bool(bytes[at++] == 1);
                case 5 -> new Value.Null();
                case 6 -> new Value.M(entries());
                case 7 -> list();
                case 8 -> {
                    SortedSet<String> texts = new TreeSet<>();
                    for (int left = length(); left > 0; left--) {
                        texts.add(text());
                    }
                    yield new Value.SS(texts);
                }
                case 9 -> {
                    SortedSet<BigDecimal> numbers = new TreeSet<>();
                    for (int left = length(); left > 0; left--) {
                        numbers.add(number());
                    }
                    yield new Value.NS(numbers);
                }
                case 10 -> {
                    SortedSet<Bytes> blobs = new TreeSet<>();
                    for (int left = length(); left > 0; left--) {
                        blobs.add(blob());
                    }
                    yield new Value.BS(blobs);
                }
                default -> throw new Bug("not an item's bytes: type " + code);
            };
        }

        private Value list() {
            int count = length();
            List<Value> elements = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                elements.add(value());
            }
            return new Value.L(elements);
        }

        private String text() {
            int length = length();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private BigDecimal number() {
            int scale = length() - 256;
            return new BigDecimal(new BigInteger(blob().unsafeArray()), scale);
        }

        private Bytes blob() {
            int length = length();
            Bytes blob = Bytes.wrap(java.util.Arrays.copyOfRange(bytes, at, at + length));
            at += length;
            return blob;
        }

        private int length() {
            int length = 0;
            int shift = 0;
            while (true) {
                byte b = bytes[at++];
                length |= (b & 0x7F) << shift;
                if (b >= 0) {
                    return length;
                }
                shift += 7;
            }
        }
    }
}
