package virga.services.lambda;

import java.time.Duration;

/**
 * The service's quotas. Source: "Lambda quotas", AWS Lambda Developer Guide.
 *
 * @param synchronousPayload bytes of a request or response of a synchronous invocation
 * @param asynchronousPayload bytes of an asynchronous event (1 MB since October 2025)
 * @param uploadBytes a zip in the request itself
 * @param environmentBytes all environment variables together
 * @param layers of one function
 * @param eventAge the longest (and default) age of an asynchronous event
 */
public record LambdaLimits(
        int synchronousPayload,
        int asynchronousPayload,
        int uploadBytes,
        int environmentBytes,
        int layers,
        Duration eventAge) {
    public static final LambdaLimits AWS =
            new LambdaLimits(6 * 1024 * 1024, 1024 * 1024, 50 * 1024 * 1024, 4096, 5, Duration.ofHours(6));
}
