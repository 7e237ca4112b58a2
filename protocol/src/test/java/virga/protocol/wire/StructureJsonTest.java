package virga.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import virga.kernel.Bytes;
import virga.model.DynamicStructure;
import virga.model.Member;
import virga.model.Prelude;
import virga.model.Schema;
import virga.model.Structure;
import virga.model.Traits;

class StructureJsonTest {
    private static final Schema NOTE = Schema.structure(
            "Note",
            Traits.NONE,
            StructureJsonTest::note,
            Member.of(
                    "Text",
                    () -> Prelude.STRING,
                    Traits.with().locationName("text").build()),
            Member.of("At", () -> Prelude.TIMESTAMP, Traits.NONE),
            Member.of("Data", () -> Prelude.BLOB, Traits.NONE),
            Member.of("Inner", StructureJsonTest::schema, Traits.NONE));

    private static Schema schema() {
        return NOTE;
    }

    private static Structure note(Object[] values) {
        return new DynamicStructure(NOTE, values);
    }

    @Test
    void aStructureComesBackAsItWas() {
        Structure inner = note(new Object[] {"inner \"quoted\"", null, Bytes.of((byte) 1, (byte) 2), null});
        Structure note = note(new Object[] {"outer", Instant.parse("2026-11-23T12:00:00.250Z"), null, inner});
        Bytes json = StructureJson.write(note);
        assertThat(json.utf8())
                .isEqualTo(
                        "{\"Text\":\"outer\",\"At\":1795435200.25,\"Inner\":{\"Text\":\"inner \\\"quoted\\\"\",\"Data\":\"AQI=\"}}");
        assertThat(StructureJson.read(json, NOTE)).isEqualTo(note);
    }

    @Test
    void whatIsNoStructureIsRefused() {
        assertThatThrownBy(() -> StructureJson.read(Bytes.ofUtf8("[]"), NOTE))
                .hasToString("SerializationException (400): Start of list found where not expected");
        assertThatThrownBy(() -> StructureJson.read(Bytes.ofUtf8("{\"Text\":1}"), NOTE))
                .hasToString("SerializationException (400): NUMBER_VALUE can not be converted to a String");
        assertThatThrownBy(() -> StructureJson.read(Bytes.ofUtf8("{\"Text\":"), NOTE))
                .hasMessageContaining("Unexpected end-of-input");
    }
}
