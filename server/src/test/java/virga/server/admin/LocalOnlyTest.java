package virga.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.testing.TestingVirga;

final class LocalOnlyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:4566", "127.0.0.1:4566", "127.8.9.1", "[::1]:4566", "LOCALHOST", "app.localhost:4566"
            })
    void thisMachineIsNamedInManyWays(String host) {
        assertThat(LocalOnly.refusal(request("POST", "Host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:4566", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.7:4566", ""})
    void anotherNameForThisMachineIsRefused(String host) {
        assertThat(LocalOnly.refusal(request("GET", "Host", host)))
                .hasValueSatisfying(why -> assertThat(why).endsWith("not at " + host));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, POST, true",
        "Origin, null, DELETE, true",
        "Origin, http://localhost:4566, POST, false",
        "Origin, https://evil.example, GET, false",
        "Sec-Fetch-Site, cross-site, POST, true",
        "Sec-Fetch-Site, same-origin, POST, false",
    })
    void onlyAPageOfThisMachineMayChangeSomething(String header, String value, String method, boolean refused) {
        assertThat(LocalOnly.refusal(request(method, "Host", "localhost:4566", header, value))
                        .isPresent())
                .isEqualTo(refused);
    }

    @Test
    void theCloudCannotBeEndedByAPageThatCallsThisMachineByItsOwnName() {
        try (TestingVirga virga = new TestingVirga()) {
            HttpResponse answer = virga.virga()
                    .door()
                    .handle(
                            HttpRequest.of(
                                    "POST",
                                    "/_virga/reset",
                                    Headers.of("Host", "evil.example"),
                                    ByteStream.of(Bytes.EMPTY)),
                            "127.0.0.1");
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    private static HttpRequest request(String method, String... headers) {
        return HttpRequest.of(method, "/_virga/reset", Headers.of(headers), ByteStream.of(Bytes.EMPTY));
    }
}
