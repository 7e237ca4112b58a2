package virga.observe.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void indentedJsonReadsAsThatOnOneLine() {
        Json json = Json.parse("{\"a\":[1,{\"b\":\"x\\ny\"}],\"none\":{},\"empty\":[],\"big\":12345678901234567890}")
                .orElseThrow();
        assertThat(json.indented()).isEqualTo("""
                {
                  "a": [
                    1,
                    {
                      "b": "x\\ny"
                    }
                  ],
                  "none": {},
                  "empty": [],
                  "big": 12345678901234567890
                }""");
        assertThat(Json.parse(json.indented())).contains(json);
    }
}
