package virga.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import virga.kernel.Bug;
import virga.kernel.Bytes;

class RecordCodecTest {
    enum Colour {
        RED,
        GREEN
    }

    record Address(String street, int number) {}

    sealed interface Target {}

    record QueueTarget(String url, List<Target> fallbacks) implements Target {}

    record FunctionTarget(String arn, Optional<Duration> timeout) implements Target {}

    record Everything(
            String text,
            boolean flag,
            int number,
            long large,
            double fraction,
            Long boxed,
            Instant at,
            Duration delay,
            BigDecimal exact,
            Bytes bytes,
            Colour colour,
            List<Address> addresses,
            Map<String, List<Integer>> counts,
            SortedMap<String, String> details,
            Set<Colour> colours,
            Optional<Address> perhaps,
            Target target) {}

    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);

    @Test
    void whatWasEncodedIsDecoded() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            Everything value = anything(random);
            assertThat(EVERYTHING.decode(EVERYTHING.encode(value))).isEqualTo(value);
        }
    }

    @Test
    void mapsAndSetsKeepTheirOrder() {
        Everything value = anything(new Random(7));
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        for (int i = 50; i > 0; i--) {
            counts.put("key" + i * 7919 % 101, List.of(i));
        }
        Everything ordered = withCounts(value, counts);
        assertThat(EVERYTHING.decode(EVERYTHING.encode(ordered)).counts().keySet())
                .containsExactlyElementsOf(counts.keySet());
    }

    @Test
    void whatIsDecodedCannotBeChanged() {
        Everything value = EVERYTHING.decode(EVERYTHING.encode(anything(new Random(3))));
        assertThatThrownBy(() -> value.counts().put("x", List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> value.details().put("x", "")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> value.addresses().add(new Address("", 0)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRecordsNamesStandOnceHoweverManyRecordsThereAre() {
        RecordCodec<Addresses> codec = RecordCodec.of(Addresses.class);
        List<Address> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new Address("s", 1));
        }
        // Each address: its length, its shape, a text of one letter behind its length, a small number.
        assertThat(codec.encode(new Addresses(many)).length()).isLessThan(100 * 5 + 80);
    }

    record Addresses(List<Address> all) {}

    /** The record as it was and as it became: only the simple name inside a sealed interface matters, here the outer types do not. */
    static final class Before {
        record Inner(String kept, int dropped) {}

        record Order(
                String id,
                List<Inner> removedList,
                long amount,
                Inner inner,
                Map<String, Inner> removedMap,
                Instant removedAt) {}
    }

    static final class After {
        record Inner(Duration added, String kept) {}

        record Order(
                boolean paid,
                long amount,
                String id,
                List<String> tags,
                Map<String, Integer> counts,
                Optional<String> note,
                Inner inner,
                Inner second,
                Instant at,
                Colour colour) {}
    }

    @Test
    void anOldValueIsReadableAfterComponentsWereAddedRemovedAndReordered() {
        Before.Inner inner = new Before.Inner("k", 5);
        Bytes kept = RecordCodec.of(Before.Order.class)
                .encode(new Before.Order("o-1", List.of(inner, inner), 12, inner, Map.of("m", inner), Instant.EPOCH));

        After.Order order = RecordCodec.of(After.Order.class).decode(kept);

        After.Inner empty = new After.Inner(Duration.ZERO, "");
        assertThat(order)
                .isEqualTo(new After.Order(
                        false,
                        12,
                        "o-1",
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        new After.Inner(Duration.ZERO, "k"),
                        empty,
                        Instant.EPOCH,
                        Colour.RED));
    }

    record Narrow(int number) {}

    record Wide(long number) {}

    record Other(String number) {}

    @Test
    void anIntMayBecomeALongButATextIsToldApart() {
        Bytes kept = RecordCodec.of(Narrow.class).encode(new Narrow(-3));
        assertThat(RecordCodec.of(Wide.class).decode(kept)).isEqualTo(new Wide(-3));
        assertThatThrownBy(() -> RecordCodec.of(Other.class).decode(kept))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("Other.number");
    }

    @Test
    void aSealedInterfaceIsKeptByTheNameOfItsRecord() {
        RecordCodec<Target> codec = RecordCodec.of(Target.class);
        Target target = new QueueTarget("u", List.of(new FunctionTarget("f", Optional.of(Duration.ofSeconds(3)))));
        assertThat(codec.decode(codec.encode(target))).isEqualTo(target);
        assertThatThrownBy(() -> codec.decode(RecordCodec.of(Narrow.class).encode(new Narrow(1))))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("Narrow");
    }

    record WithForeign(java.net.URI uri, List<StringBuilder> texts) {}

    @Test
    void foreignTypesAreKeptByTheirCodecs() {
        Codec<java.net.URI> uris = codec(java.net.URI::toString, java.net.URI::create);
        RecordCodec<WithForeign> codec = RecordCodec.with(java.net.URI.class, uris)
                .withEvery(CharSequence.class, type -> codec(CharSequence::toString, StringBuilder::new))
                .of(WithForeign.class);
        WithForeign back = codec.decode(
                codec.encode(new WithForeign(java.net.URI.create("a:b"), List.of(new StringBuilder("t")))));
        assertThat(back.uri()).isEqualTo(java.net.URI.create("a:b"));
        assertThat(back.texts().getFirst()).hasToString("t");
    }

    record Unkeepable(Thread thread) {}

    @Test
    void aTypeThatCannotBeKeptIsRefusedByName() {
        RecordCodec<Unkeepable> codec = RecordCodec.of(Unkeepable.class);
        assertThatThrownBy(() -> codec.encode(new Unkeepable(null)))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("Unkeepable.thread");
    }

    @Test
    void whatIsNoRecordIsRefusedWhenTheCodecIsMade() {
        assertThatThrownBy(() -> RecordCodec.of(Thread.class)).isInstanceOf(Bug.class);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> RecordCodec.of(Other.class).encode(new Other(null)))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("Other.number");
    }

    @Test
    void bytesThatAreNoValueAreABugWhereverTheyEnd() {
        Bytes whole = EVERYTHING.encode(anything(new Random(9)));
        for (int length = 0; length < whole.length(); length++) {
            Bytes cut = whole.slice(0, length);
            assertThatThrownBy(() -> EVERYTHING.decode(cut)).isInstanceOf(Bug.class);
        }
    }

    private static <T> Codec<T> codec(
            java.util.function.Function<T, String> to, java.util.function.Function<String, T> from) {
        return new Codec<>() {
            @Override
            public Bytes encode(T value) {
                return Bytes.ofUtf8(to.apply(value));
            }

            @Override
            public T decode(Bytes bytes) {
                return from.apply(bytes.utf8());
            }
        };
    }

    private static Everything withCounts(Everything e, Map<String, List<Integer>> counts) {
        return new Everything(
                e.text,
                e.flag,
                e.number,
                e.large,
                e.fraction,
                e.boxed,
                e.at,
                e.delay,
                e.exact,
                e.bytes,
                e.colour,
                e.addresses,
                counts,
                e.details,
                e.colours,
                e.perhaps,
                e.target);
    }

    private static Everything anything(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        List<Address> addresses = new ArrayList<>();
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        SortedMap<String, String> details = new TreeMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            addresses.add(new Address(text(random), random.nextInt()));
            counts.put(text(random), List.of(random.nextInt(), i));
            details.put(text(random), text(random));
        }
        return new Everything(
                text(random),
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(),
                random.nextGaussian(),
                (long) random.nextInt(3) - 1,
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.ofNanos(random.nextLong()),
                BigDecimal.valueOf(random.nextLong(), random.nextInt(30)),
                Bytes.wrap(bytes),
                random.nextBoolean() ? Colour.RED : Colour.GREEN,
                addresses,
                counts,
                details,
                random.nextBoolean() ? Set.of() : Set.of(Colour.GREEN),
                random.nextBoolean() ? Optional.empty() : Optional.of(new Address(text(random), 1)),
                target(random, 3));
    }

    private static Target target(Random random, int depth) {
        if (depth == 0 || random.nextBoolean()) {
            return new FunctionTarget(
                    text(random), random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMillis(5)));
        }
        return new QueueTarget(text(random), List.of(target(random, depth - 1), target(random, depth - 1)));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint("a\u0000é漢😀/".codePointAt(new int[] {0, 1, 2, 3, 4, 6}[random.nextInt(6)]));
        }
        return text.toString();
    }
}
