package virga.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import virga.kernel.Bug;
import virga.kernel.Bytes;

class KeySpaceTest {
    private static final KeySpace MIXED =
            KeySpace.of("keys/mixed", Part.text("name"), Part.time("at"), Part.bytes("content"), Part.number("count"));
    private static final List<KeySpace> SPACES = List.of(
            MIXED,
            KeySpace.of("keys/mix", Part.text("name"), Part.number("count")),
            KeySpace.of("keys/mixed/more", Part.text("name")),
            KeySpace.of("keys", Part.bytes("content")),
            KeySpace.of("keys/single"));

    @Test
    void whatWasEncodedIsDecoded() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            KeySpace space = SPACES.get(random.nextInt(SPACES.size()));
            Object[] values = values(space, random);
            assertThat(space.decode(space.key(values))).containsExactly(values);
        }
    }

    @Test
    void theOrderOfKeysIsTheOrderOfTheirParts() {
        Random random = new Random(2);
        Comparator<Object[]> byParts = (left, right) -> {
            for (int i = 0; i < left.length; i++) {
                int order = compare(left[i], right[i]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
        for (int i = 0; i < 20_000; i++) {
            Object[] left = values(MIXED, random);
            Object[] right = random.nextBoolean() ? values(MIXED, random) : changedInOnePart(left, random);
            assertThat(Integer.signum(MIXED.key(left).compareTo(MIXED.key(right))))
                    .as("%s against %s", Arrays.toString(left), Arrays.toString(right))
                    .isEqualTo(Integer.signum(byParts.compare(left, right)));
        }
    }

    @Test
    void aRangeHoldsTheKeysThatBeginWithItsValuesAndNoOthers() {
        Random random = new Random(3);
        List<Object[]> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            all.add(values(MIXED, random));
        }
        for (int i = 0; i < 400; i++) {
            int length = random.nextInt(5);
            Object[] first = Arrays.copyOf(all.get(i), length);
            KeyRange range = MIXED.range(first);
            for (Object[] values : all) {
                assertThat(range.contains(MIXED.key(values)))
                        .isEqualTo(Arrays.equals(first, Arrays.copyOf(values, length)));
            }
        }
    }

    @Test
    void noSpaceHoldsAKeyOfAnother() {
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            KeySpace space = SPACES.get(random.nextInt(SPACES.size()));
            Key key = space.key(values(space, random));
            for (KeySpace other : SPACES) {
                assertThat(other.holds(key)).isEqualTo(other == space);
                assertThat(other.range().contains(key)).isEqualTo(other == space);
            }
        }
    }

    @Test
    void aPageGoesOnBehindItsLastKey() {
        KeySpace space = KeySpace.of("keys/page", Part.number("n"));
        KeyRange rest = space.range().after(space.key(5L));
        assertThat(rest.contains(space.key(5L))).isFalse();
        assertThat(rest.contains(space.key(6L))).isTrue();
        assertThat(space.range().before(space.key(5L)).contains(space.key(5L))).isFalse();
        assertThat(space.range().startingAt(space.key(5L)).contains(space.key(5L)))
                .isTrue();
    }

    @Test
    void aKeySaysWhatItIs() {
        Key key = MIXED.key("orders", Instant.parse("2026-11-01T00:00:00Z"), Bytes.of((byte) 1), -7L);
        assertThat(key).hasToString("keys/mixed(name=orders, at=2026-11-01T00:00:00Z, content=0x01, count=-7)");
        assertThat(MIXED.range("orders").to().toString()).matches("[0-9a-f]+");
        assertThat(new Key(Bytes.of((byte) 0xAB))).hasToString("ab");
        assertThat(new Key(Bytes.EMPTY)).hasToString("");
    }

    @Test
    void wrongValuesAndWrongKeysAreBugs() {
        assertThatThrownBy(() -> MIXED.key("too few")).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> MIXED.key(1L, Instant.EPOCH, Bytes.EMPTY, 1L)).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> MIXED.range("a", Instant.EPOCH, Bytes.EMPTY, 1L, 2L))
                .isInstanceOf(Bug.class);
        assertThatThrownBy(() -> MIXED.decode(SPACES.get(1).key("a", 1L))).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> MIXED.decode(MIXED.range("a").to())).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> KeySpace.of("keys/mixed", Part.text("other"))).isInstanceOf(Bug.class);
    }

    private static int compare(Object left, Object right) {
        return switch (left) {
            case String text -> Bytes.ofUtf8(text).compareTo(Bytes.ofUtf8((String) right));
            case Instant time -> time.compareTo((Instant) right);
            case Bytes bytes -> bytes.compareTo((Bytes) right);
            default -> Long.compare((Long) left, (Long) right);
        };
    }

    private static Object[] changedInOnePart(Object[] values, Random random) {
        Object[] changed = values.clone();
        int part = random.nextInt(changed.length);
        changed[part] = value(MIXED.parts().get(part).type(), random);
        return changed;
    }

    private static Object[] values(KeySpace space, Random random) {
        return space.parts().stream().map(part -> value(part.type(), random)).toArray();
    }

    /** Short values of few kinds, so that equal beginnings, zeros and extremes are common. */
    private static Object value(Part.Type type, Random random) {
        return switch (type) {
            case TEXT -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.appendCodePoint(new int[] {0, 1, 'a', 0xFF, 0x6F22, 0x1F600}[random.nextInt(6)]);
                }
                yield text.toString();
            }
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(4)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = new byte[] {0, 1, 2, (byte) 0x80, (byte) 0xFF}[random.nextInt(5)];
                }
                yield Bytes.wrap(bytes);
            }
            case NUMBER ->
                new long[] {Long.MIN_VALUE, -1, 0, 1, 256, Long.MAX_VALUE, random.nextLong()}[random.nextInt(7)];
            case TIME ->
                Instant.ofEpochSecond(
                        new long[] {-1, 0, 1, random.nextInt()}[random.nextInt(4)],
                        new int[] {0, 1, 999_999_999}[random.nextInt(3)]);
        };
    }
}
