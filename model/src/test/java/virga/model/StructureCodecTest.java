package virga.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import virga.kernel.Bug;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.system.SeededChance;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.PutItemInput;
import virga.model.s3.PutObjectRequest;

class StructureCodecTest {
    static Stream<String> services() {
        return GeneratedServices.keys().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void whateverIsEncodedComesBackEqual(String service) {
        RandomStructures random = new RandomStructures(new SeededChance(service.hashCode()));
        for (Schema schema :
                GeneratedServices.reachable(GeneratedServices.model(service)).values()) {
            if (schema.type() == ShapeType.STRUCTURE || schema.type() == ShapeType.UNION) {
                for (int depth = 1; depth <= 5; depth++) {
                    Structure structure = random.structure(schema, depth);
                    Structure back = StructureCodec.decode(schema, StructureCodec.encode(structure));
                    assertThat(back).isEqualTo(structure).hasSameClassAs(structure);
                }
            }
        }
    }

    private static Member member(String name, Schema target) {
        return Member.of(name, () -> target, Traits.NONE);
    }

    /** A dynamic structure's schema must be the very one it was made from. */
    private static Schema schema(String name, Member... members) {
        Schema[] made = new Schema[1];
        made[0] = Schema.structure(name, Traits.NONE, values -> new DynamicStructure(made[0], values), members);
        return made[0];
    }

    @Test
    void everyKindOfScalarComesBack() {
        Schema all = schema(
                "All",
                Arrays.stream(ShapeType.values())
                        .filter(type -> type.ordinal() <= ShapeType.DOCUMENT.ordinal())
                        .map(type -> member(type.name(), Schema.scalar(type.name(), type, Traits.NONE)))
                        .toArray(Member[]::new));
        RandomStructures random = new RandomStructures(new SeededChance(7));
        for (int i = 0; i < 500; i++) {
            Structure structure = random.structure(all, 3);
            assertThat(StructureCodec.decode(all, StructureCodec.encode(structure)))
                    .isEqualTo(structure);
        }
    }

    @Test
    void membersMayBeReorderedAddedAndDropped() {
        Schema inner = schema("Inner", member("Gone", Prelude.STRING));
        Schema before = schema(
                "Before", member("Dropped", inner), member("First", Prelude.STRING), member("Second", Prelude.INTEGER));
        Schema after = schema(
                "After",
                member("Second", Prelude.LONG),
                member("Added", Prelude.BLOB),
                member("First", Prelude.STRING));
        Structure old = before.make(new Object[] {inner.make(new Object[] {"x"}), "one", 2});
        assertThat(StructureCodec.decode(after, StructureCodec.encode(old)))
                .isEqualTo(after.make(new Object[] {2L, null, "one"}));
    }

    @Test
    void aBodyIsNotKeptButItsLengthIs() throws Exception {
        PutObjectRequest put = PutObjectRequest.builder()
                .bucket("b")
                .key("k")
                .body(ByteStream.of(Bytes.ofUtf8("rain")))
                .build();
        PutObjectRequest back =
                (PutObjectRequest) StructureCodec.decode(PutObjectRequest.SCHEMA, StructureCodec.encode(put));
        assertThat(back.body()).contains(new ElidedBody(4));
        assertThat(back.key()).isEqualTo("k");
        assertThatThrownBy(() -> back.body().orElseThrow().open()).hasMessageContaining("not kept");
    }

    @Test
    void aRepeatedNameIsWrittenOnce() {
        List<AttributeValue> items = Stream.generate(
                        () -> AttributeValue.ofM(Map.of("averylongattributename", AttributeValue.ofN("1"))))
                .limit(100)
                .toList();
        Structure structure = PutItemInput.builder()
                .tableName("t")
                .item(Map.of("pk", AttributeValue.ofL(items)))
                .build();
        assertThat(StructureCodec.encode(structure).length()).isLessThan(1500);
    }

    @Test
    void bytesThatAreCutOffAreABug() {
        Bytes whole = StructureCodec.encode(AttributeValue.ofS("a text of some length"));
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            assertThatThrownBy(() -> StructureCodec.decode(AttributeValue.SCHEMA, part))
                    .isInstanceOf(Bug.class);
        }
    }

    @Test
    void aValueOfAnotherKindIsABug() {
        Schema before = schema("Before", member("Field", Prelude.STRING));
        Schema after = schema("After", member("Field", Prelude.INTEGER));
        Bytes kept = StructureCodec.encode(before.make(new Object[] {"text"}));
        assertThatThrownBy(() -> StructureCodec.decode(after, kept))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("Integer");
    }
}
