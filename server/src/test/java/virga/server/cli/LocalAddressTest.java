package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LocalAddressTest {
    private static final String ENDPOINT = "http://127.0.0.1:4566";

    @Test
    void anApisAddressIsAPathOfTheCloud() {
        assertThat(LocalAddress.of(ENDPOINT, "default", "https://a1b2.execute-api.us-east-1.amazonaws.com/prod/orders"))
                .contains("http://127.0.0.1:4566/_virga/api/a1b2/prod/orders");
        assertThat(LocalAddress.of(ENDPOINT, "default", "https://a1b2.execute-api.eu-west-1.amazonaws.com"))
                .contains("http://127.0.0.1:4566/_virga/api/a1b2");
    }

    @Test
    void anotherEnvironmentIsNamed() {
        assertThat(LocalAddress.of(ENDPOINT, "fork", "https://a1b2.execute-api.us-east-1.amazonaws.com/orders"))
                .contains("http://127.0.0.1:4566/_virga/api/a1b2@fork/orders");
    }

    @Test
    void whatIsNoApisAddressHasNone() {
        assertThat(LocalAddress.of(ENDPOINT, "default", "http://127.0.0.1:4566/000000000000/queue"))
                .isEmpty();
        assertThat(LocalAddress.of(ENDPOINT, "default", "https://example.com/a1.execute-api.us-east-1.amazonaws.com"))
                .isEmpty();
    }
}
