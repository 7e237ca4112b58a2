package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.http.Header;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.model.s3.CORSConfiguration;
import virga.model.s3.CORSRule;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.DeleteBucketCorsRequest;
import virga.model.s3.PutBucketCorsRequest;
import virga.model.s3.S3;

final class CrossOriginTest {
    private static final String BUCKET = "photos";

    private final TestingCloud cloud = new TestingCloud(new S3Service(S3Limits.tiny()));

    @BeforeEach
    void createBucket() {
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(BUCKET).build());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void put(CORSRule... rules) {
        cloud.call(
                S3.PUT_BUCKET_CORS,
                PutBucketCorsRequest.builder()
                        .bucket(BUCKET)
                        .corsConfiguration(CORSConfiguration.builder()
                                .corsRules(List.of(rules))
                                .build())
                        .build());
    }

    private static CORSRule.Builder rule(String origin, String... methods) {
        return CORSRule.builder().allowedOrigins(List.of(origin)).allowedMethods(List.of(methods));
    }

    private Map<String, String> preflight(String origin, String method, String... headers) {
        return byName(cloud.environment()
                .read(reading -> CrossOrigin.preflight(
                        reading, BUCKET, true, new CrossOrigin.Asked(origin, method, List.of(headers)))));
    }

    private Map<String, String> actual(String origin, String method) {
        return byName(cloud.environment()
                .read(reading ->
                        CrossOrigin.headers(reading, BUCKET, new CrossOrigin.Asked(origin, method, List.of()))));
    }

    private static Map<String, String> byName(List<Header> headers) {
        return headers.stream().collect(Collectors.toMap(Header::name, Header::value));
    }

    private void assertRefused(String message, String origin, String method, String... headers) {
        assertThatThrownBy(() -> preflight(origin, method, headers))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.code()).isEqualTo("AccessForbidden");
                    assertThat(fault.status()).isEqualTo(403);
                })
                .hasMessageContaining(message);
    }

    @Test
    void anAllowedOriginIsToldWhatItMayDo() {
        put(rule("https://shop.example", "GET", "PUT")
                .allowedHeaders(List.of("*"))
                .exposeHeaders(List.of("ETag", "x-amz-id-2"))
                .maxAgeSeconds(3000)
                .build());
        assertThat(preflight("https://shop.example", "PUT", "Content-Type", "x-amz-meta-Colour"))
                .isEqualTo(Map.of(
                        "Access-Control-Allow-Origin", "https://shop.example",
                        "Access-Control-Allow-Methods", "GET, PUT",
                        "Access-Control-Allow-Headers", "content-type, x-amz-meta-colour",
                        "Access-Control-Expose-Headers", "ETag, x-amz-id-2",
                        "Access-Control-Max-Age", "3000",
                        "Access-Control-Allow-Credentials", "true",
                        "Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
    }

    @Test
    void anyOriginIsAnsweredWithAnAsteriskAndNoCredentials() {
        put(rule("*", "GET").build());
        assertThat(actual("https://anyone.example", "GET"))
                .isEqualTo(Map.of(
                        "Access-Control-Allow-Origin", "*",
                        "Access-Control-Allow-Methods", "GET",
                        "Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
    }

    @Test
    void theFirstRuleThatAllowsAllThreePartsCounts() {
        put(
                rule("https://*.example", "GET").build(),
                rule("https://a.example", "PUT")
                        .allowedHeaders(List.of("x-amz-*"))
                        .build());
        assertThat(preflight("https://a.example", "GET")).containsEntry("Access-Control-Allow-Methods", "GET");
        assertThat(preflight("https://a.example", "PUT", "X-Amz-Date"))
                .containsEntry("Access-Control-Allow-Methods", "PUT");
        String refusal = "This CORS request is not allowed.";
        assertRefused(refusal, "https://b.example", "PUT");
        assertRefused(refusal, "https://a.example", "PUT", "Content-Type");
        assertRefused(refusal, "https://a.example/", "GET");
        assertRefused(refusal, "http://a.example", "GET");
    }

    @Test
    void anActualRequestThatNoRuleAllowsHasNoHeaders() {
        put(rule("https://shop.example", "GET").build());
        assertThat(actual("https://other.example", "GET")).isEmpty();
        assertThat(actual("https://shop.example", "PUT")).isEmpty();
        cloud.call(
                S3.DELETE_BUCKET_CORS,
                DeleteBucketCorsRequest.builder().bucket(BUCKET).build());
        assertThat(actual("https://shop.example", "GET")).isEmpty();
        assertRefused("CORS is not enabled for this bucket.", "https://shop.example", "GET");
    }

    @Test
    void rulesThatNobodyCouldMeetAreRefused() {
        assertThatThrownBy(() -> put(rule("https://a.example", "OPTIONS").build()))
                .hasMessage("Found unsupported HTTP method in CORS config. Unsupported method is OPTIONS");
        assertThatThrownBy(() -> put(rule("https://*.a.*", "GET").build()))
                .hasMessage("AllowedOrigin \"https://*.a.*\" can not have more than one wildcard.");
        assertThatThrownBy(() -> put()).hasMessageContaining("not well-formed");
    }
}
