package virga.kernel.function;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.ByteStream;
import virga.kernel.Scope;

/**
 * One immutable version of a function, as the engine needs it. Two invocations with equal {@code id} may share workers.
 *
 * @param id changes whenever code or configuration changes: workers of another id are never reused
 * @param arn the unqualified function ARN
 * @param version {@code $LATEST} or a number
 * @param runtime AWS's identifier: {@code nodejs24.x}, {@code python3.14}, {@code java25}, {@code provided.al2023}
 * @param architecture {@code x86_64} or {@code arm64}
 * @param reservedConcurrency at most this many at once; -1 where the function shares the account's unreserved pool
 * @param roleArn the execution role: workers' credentials are a session of it
 */
public record FunctionVersion(
        String id,
        Scope scope,
        String arn,
        String name,
        String version,
        String runtime,
        String handler,
        String architecture,
        Code code,
        List<Code> layers,
        int memoryMegabytes,
        Duration timeout,
        int temporaryMegabytes,
        Map<String, String> environment,
        String roleArn,
        String logGroup,
        int reservedConcurrency) {
    public FunctionVersion {
        layers = List.copyOf(layers);
        environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** A zip archive. {@code sha256} is base64, as Lambda shows it, and names the unpacked copy. */
    public record Code(String sha256, ByteStream zip) {}
}
