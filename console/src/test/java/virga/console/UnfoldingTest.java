package virga.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.Bytes;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.PutItemInput;
import virga.model.lambda.InvocationRequest;
import virga.observe.json.Json;

final class UnfoldingTest {
    private static String unfolded(String json) {
        return Unfolding.unfolded(Json.parse(json).orElseThrow()).text();
    }

    @Test
    void aQueuesMessageThatIsJsonIsThatJson() {
        assertThat(unfolded("{\"Records\":[{\"body\":\"{\\\"id\\\":7}\"}]}"))
                .isEqualTo("{\"Records\":[{\"body\":{\"id\":7}}]}");
    }

    @Test
    void aTopicsMessageInAQueuesMessageIsUnfoldedToo() {
        assertThat(unfolded("{\"body\":\"{\\\"Message\\\":\\\"{\\\\\\\"id\\\\\\\":7}\\\"}\"}"))
                .isEqualTo("{\"body\":{\"Message\":{\"id\":7}}}");
    }

    @Test
    void aBodyInBase64IsWhatItWas() {
        String body = Base64.getEncoder().encodeToString("{\"id\":7}".getBytes());
        assertThat(unfolded("{\"isBase64Encoded\":true,\"body\":\"" + body + "\"}"))
                .isEqualTo("{\"isBase64Encoded\":true,\"body\":{\"id\":7}}");
        assertThat(unfolded("{\"isBase64Encoded\":false,\"body\":\"" + body + "\"}"))
                .contains(body);
    }

    @Test
    void bytesThatAreNoTextStayInBase64() {
        String body = Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0, 1});
        assertThat(unfolded("{\"isBase64Encoded\":true,\"body\":\"" + body + "\"}"))
                .contains(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"S\":\"x\"} ; \"x\"",
                "{\"N\":\"1.50\"} ; 1.50",
                "{\"BOOL\":false} ; false",
                "{\"NULL\":true} ; null",
                "{\"SS\":[\"a\"]} ; [\"a\"]",
                "{\"NS\":[\"1\",\"2\"]} ; [1,2]",
                "{\"L\":[{\"S\":\"a\"},{\"M\":{\"n\":{\"N\":\"1\"}}}]} ; [\"a\",{\"n\":1}]",
                "{\"X\":\"no type\"} ; {\"X\":\"no type\"}"
            })
    void aTableStreamsImagesArePlain(String value, String plain) {
        assertThat(unfolded("{\"dynamodb\":{\"NewImage\":{\"a\":" + value + "}}}"))
                .isEqualTo("{\"dynamodb\":{\"NewImage\":{\"a\":" + plain + "}}}");
    }

    @Test
    void aUsersOwnObjectThatOnlyLooksLikeAnItemStaysAsItIs() {
        assertThat(unfolded("{\"size\":{\"S\":\"small\"}}")).isEqualTo("{\"size\":{\"S\":\"small\"}}");
    }

    @Test
    void aTextThatHappensToBeANumberStaysAText() {
        assertThat(unfolded("{\"zip\":\"01234\",\"n\":\"17\",\"t\":\"true\"}"))
                .isEqualTo("{\"zip\":\"01234\",\"n\":\"17\",\"t\":\"true\"}");
    }

    @Test
    void itemsOfACallArePlainAndItsRawFormIsAwssJson() {
        PutItemInput put = PutItemInput.builder()
                .tableName("t")
                .item(new TreeMap<>(Map.of("n", AttributeValue.ofN("12345678901234567890"))))
                .build();
        assertThat(Unfolding.unfolded(put).text())
                .isEqualTo("{\"TableName\":\"t\",\"Item\":{\"n\":12345678901234567890}}");
        assertThat(Unfolding.raw(put).text())
                .isEqualTo("{\"TableName\":\"t\",\"Item\":{\"n\":{\"N\":\"12345678901234567890\"}}}");
    }

    @Test
    void aFunctionsPayloadIsItsJson() {
        InvocationRequest invoke = InvocationRequest.builder()
                .functionName("f")
                .payload(Bytes.ofUtf8("{\"id\":7}"))
                .build();
        assertThat(Unfolding.unfolded(invoke).text()).contains("\"Payload\":{\"id\":7}");
        assertThat(Unfolding.raw(invoke).text()).contains("\"Payload\":\"eyJpZCI6N30=\"");
    }
}
