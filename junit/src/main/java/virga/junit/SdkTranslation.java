package virga.junit;

import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import virga.kernel.ByteStream;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

/** The AWS SDK's requests and answers as Virga's. */
final class SdkTranslation {
    /** Where requests come from that never saw a socket. */
    static final String SOURCE_IP = "127.0.0.1";

    private SdkTranslation() {}

    static HttpRequest request(SdkHttpRequest request, ByteStream body) {
        Headers.Builder headers = Headers.builder();
        request.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
        String target = request.encodedPath()
                + request.encodedQueryParameters().map(query -> "?" + query).orElse("");
        return HttpRequest.of(request.method().name(), target, headers.build(), body);
    }

    static SdkHttpResponse response(HttpResponse response) {
        SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(response.status());
        response.headers().forEach(answer::appendHeader);
        return answer.build();
    }
}
