package virga.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import virga.kernel.Bytes;
import virga.observe.json.Json;

/** An input or output as the page gets it: its text, where it is text, and always its length in bytes. */
final class RecordedPayload {
    private RecordedPayload() {}

    static Json json(Bytes payload) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("bytes", payload.length());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload.unsafeArray()))
                    .toString();
            if (text.chars().noneMatch(RecordedPayload::unprintable)) {
                fields.put("text", text);
            }
        } catch (CharacterCodingException e) {
            // Not text: its length is all there is to show.
        }
        return Json.of(fields);
    }

    private static boolean unprintable(int c) {
        return c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    }
}
