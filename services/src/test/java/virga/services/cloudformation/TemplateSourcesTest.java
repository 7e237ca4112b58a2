package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.services.cloudformation.TemplateSources.Location;

class TemplateSourcesTest {
    @ParameterizedTest
    @CsvSource({
        "https://b.s3.amazonaws.com/k/t.yaml, b, k/t.yaml",
        "https://b.s3.eu-west-1.amazonaws.com/t.yaml, b, t.yaml",
        "https://b.s3-eu-west-1.amazonaws.com/t.yaml, b, t.yaml",
        "https://s3.amazonaws.com/b/k/t.yaml, b, k/t.yaml",
        "https://s3.eu-west-1.amazonaws.com/b/t.yaml, b, t.yaml",
        "http://localhost:4566/b/t.yaml, b, t.yaml",
        "http://127.0.0.1:4566/b/t.yaml, b, t.yaml",
        "http://b.localhost:4566/t.yaml, b, t.yaml",
        "http://b.s3.localhost.localstack.cloud:4566/t%20x.yaml, b, t x.yaml",
        "http://s3.localhost.localstack.cloud:4566/b/t.yaml, b, t.yaml"
    })
    void findsTheObjectInEveryFormOfUrl(String url, String bucket, String key) {
        assertThat(Location.parse(url)).contains(new Location(bucket, key));
    }

    @Test
    void refusesWhatNamesNoObject() {
        assertThat(Location.parse("https://s3.amazonaws.com/b")).isEmpty();
        assertThat(Location.parse("s3://b/k")).isEmpty();
        assertThat(Location.parse("not a url")).isEmpty();
    }
}
