package virga.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.testing.TestingVirga;

final class BucketSharingTest {
    private static final String RULES = """
            <CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>
              <AllowedOrigin>https://shop.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod>
            </CORSRule></CORSConfiguration>""";
    private static final String KEY =
            "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static HttpResponse ask(String method, String target, String body, String... headers) {
        Headers.Builder all = Headers.builder();
        Headers.of(headers).forEach(all::add);
        all.add("Host", "localhost:4566");
        return virga.virga()
                .door()
                .handle(HttpRequest.of(method, target, all.build(), ByteStream.of(Bytes.ofUtf8(body))), "127.0.0.1");
    }

    private static String body(HttpResponse answer) {
        return answer.body().readAll().utf8();
    }

    @Test
    void aPreflightIsAnsweredWithoutASignatureByTheBucketsRules() {
        assertThat(ask("PUT", "/photos", "", "Authorization", KEY).status()).isEqualTo(200);
        String[] fromShop = {"Origin", "https://shop.example", "Access-Control-Request-Method", "GET"};
        assertThat(body(ask("OPTIONS", "/photos/one.png", "", fromShop)))
                .contains("<Code>AccessForbidden</Code>")
                .contains("<Message>CORSResponse: CORS is not enabled for this bucket.</Message>")
                .contains("<Method>GET</Method><ResourceType>BUCKET</ResourceType>");

        assertThat(ask("PUT", "/photos?cors", RULES, "Authorization", KEY).status())
                .isEqualTo(200);
        HttpResponse allowed = ask("OPTIONS", "/photos/one.png", "", fromShop);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.headers().first("Access-Control-Allow-Origin")).contains("https://shop.example");
        assertThat(body(allowed)).isEmpty();

        HttpResponse hosted =
                ask("OPTIONS", "/one.png", "", "Host", "photos.s3.amazonaws.com", "Origin", "https://other.example");
        assertThat(hosted.status()).isEqualTo(403);

        HttpResponse missing =
                ask("GET", "/photos/none.png", "", "Authorization", KEY, "Origin", "https://shop.example");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.headers().first("Access-Control-Allow-Origin")).contains("https://shop.example");
        assertThat(missing.headers().first("Vary")).isPresent();
        assertThat(ask("GET", "/photos/none.png", "", "Authorization", KEY)
                        .headers()
                        .first("Vary"))
                .isEmpty();
    }

    @Test
    void aPreflightWithoutAnOriginOrABucketIsRefused() {
        HttpResponse bare = ask("OPTIONS", "/nowhere/one.png", "");
        assertThat(bare.status()).isEqualTo(400);
        assertThat(body(bare)).contains("Insufficient information. Origin request header needed.");
        HttpResponse nowhere = ask("OPTIONS", "/nowhere/one.png", "", "Origin", "https://shop.example");
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(body(nowhere))
                .contains("CORSResponse: Bucket not found")
                .contains("<Method>OPTIONS</Method><ResourceType>BUCKET</ResourceType>");
    }
}
