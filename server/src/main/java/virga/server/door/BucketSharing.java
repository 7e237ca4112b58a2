package virga.server.door;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.cloud.http.Header;
import virga.cloud.spine.Caller;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Fault;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.routing.Destination.ApiCall;
import virga.protocol.routing.Destination.Preflight;
import virga.protocol.signature.CredentialScope;
import virga.protocol.wire.ServerProtocol.Exchange;
import virga.services.s3.CrossOrigin;

/** Cross-origin answers about buckets: to preflights, which come unsigned, and in the headers of everything else. */
final class BucketSharing {
    private final Cloud cloud;

    BucketSharing(Cloud cloud) {
        this.cloud = cloud;
    }

    HttpResponse preflight(Preflight preflight, HttpRequest request) {
        LiveEnvironment environment = environment(preflight.bucket(), request);
        Exchange exchange = new Exchange(
                preflight.service(), request, environment.ports().ids().uuid());
        try {
            CrossOrigin.Asked asked = asked(request, "")
                    .orElseThrow(() ->
                            new Fault("BadRequest", 400, "Insufficient information. Origin request header needed."));
            List<Header> headers = environment.read(
                    reading -> CrossOrigin.preflight(reading, preflight.bucket(), preflight.isAboutObject(), asked));
            HttpResponse answer =
                    new HttpResponse(200, Headers.of("x-amz-request-id", exchange.requestId()), HttpResponse.NO_BODY);
            return with(answer, headers);
        } catch (Fault fault) {
            return preflight.wire().refuse(fault, Optional.empty(), exchange);
        }
    }

    /** {@code answer}, with the headers that its bucket's rules give it. */
    HttpResponse share(LiveEnvironment environment, ApiCall api, HttpRequest request, HttpResponse answer) {
        String bucket = api.labels().get("Bucket");
        if (bucket == null || !api.service().modelName().equals("s3")) {
            return answer;
        }
        return asked(request, request.method())
                .map(asked -> with(answer, environment.read(reading -> CrossOrigin.headers(reading, bucket, asked))))
                .orElse(answer);
    }

    /** @param method the one that counts where the request names none that is to follow */
    private static Optional<CrossOrigin.Asked> asked(HttpRequest request, String method) {
        return request.headers()
                .first("Origin")
                .map(origin -> new CrossOrigin.Asked(
                        origin,
                        request.headers().value("Access-Control-Request-Method", method),
                        Stream.of(request.headers()
                                        .value("Access-Control-Request-Headers", "")
                                        .split(","))
                                .map(String::strip)
                                .filter(Predicate.not(String::isEmpty))
                                .toList()));
    }

    /** That of the key in a presigned URL; otherwise one that has the bucket, the default one first. */
    private LiveEnvironment environment(String bucket, HttpRequest request) {
        LiveEnvironment byDefault = cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
        return CredentialScope.claimedBy(request)
                .flatMap(scope -> cloud.caller(scope.accessKeyId()))
                .map(Caller::environment)
                .map(cloud::environment)
                .or(() -> Stream.concat(Stream.of(byDefault), cloud.environments().stream())
                        .filter(environment -> environment.read(reading -> CrossOrigin.has(reading, bucket)))
                        .findFirst())
                .orElse(byDefault);
    }

    private static HttpResponse with(HttpResponse answer, List<Header> headers) {
        HttpResponse shared = answer;
        for (Header header : headers) {
            shared = shared.with(header.name(), header.value());
        }
        return shared;
    }
}
