package virga.services.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Scope;
import virga.kernel.function.FunctionVersion;

/**
 * A function as it stands ({@code $LATEST}), or one published version of it.
 *
 * @param revision changes with every change
 * @param reservedConcurrency -1 where none is reserved
 * @param published the number of the last published version, 0 before the first
 */
record LambdaFunction(
        String name,
        Scope scope,
        Configuration configuration,
        Package code,
        String version,
        String revision,
        Instant modifiedAt,
        int reservedConcurrency,
        Map<String, String> tags,
        long published) {
    static final String LATEST = "$LATEST";

    LambdaFunction {
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** A zip archive by its digest (base64 of SHA-256, as Lambda shows it). */
    record Package(String sha256, long size) {}

    String arn() {
        return Arn.of("lambda", scope, "function:" + name).toString();
    }

    String qualifiedArn() {
        return arn() + ":" + version;
    }

    LambdaFunction with(Configuration changed, String newRevision, Instant now) {
        return new LambdaFunction(
                name, scope, changed, code, version, newRevision, now, reservedConcurrency, tags, published);
    }

    LambdaFunction with(Package changed, String newRevision, Instant now) {
        return new LambdaFunction(
                name, scope, configuration, changed, version, newRevision, now, reservedConcurrency, tags, published);
    }

    LambdaFunction withReservedConcurrency(int reserved) {
        return new LambdaFunction(
                name, scope, configuration, code, version, revision, modifiedAt, reserved, tags, published);
    }

    LambdaFunction withTags(Map<String, String> changed) {
        return new LambdaFunction(
                name,
                scope,
                configuration,
                code,
                version,
                revision,
                modifiedAt,
                reservedConcurrency,
                changed,
                published);
    }

    LambdaFunction withPublished(long number) {
        return new LambdaFunction(
                name, scope, configuration, code, version, revision, modifiedAt, reservedConcurrency, tags, number);
    }

    LambdaFunction asVersion(long number, String description, String newRevision) {
        Configuration described = description.isEmpty()
                ? configuration
                : new Configuration(
                        configuration.running(),
                        configuration.roleArn(),
                        description,
                        configuration.environment(),
                        configuration.layers(),
                        configuration.activeTracing(),
                        configuration.deadLetterArn(),
                        configuration.logging());
        return new LambdaFunction(
                name,
                scope,
                described,
                code,
                Long.toString(number),
                newRevision,
                modifiedAt,
                reservedConcurrency,
                Map.of(),
                number);
    }

    /**
     * What the engine needs to know.
     *
     * @param environment where it runs: a copied function does not run where it was written
     * @param layers the archives of the configured layers, in order
     */
    FunctionVersion forEngine(
            String environment, FunctionVersion.Code archive, List<FunctionVersion.Code> layers, int reserved) {
        Configuration.Running running = configuration.running();
        return new FunctionVersion(
                arn() + ":" + version + "@" + revision,
                new Scope(environment, scope.account(), scope.region()),
                arn(),
                name,
                version,
                running.runtime(),
                running.handler(),
                running.architecture(),
                archive,
                layers,
                running.memoryMegabytes(),
                Duration.ofSeconds(running.timeoutSeconds()),
                running.temporaryMegabytes(),
                configuration.environment(),
                configuration.roleArn(),
                configuration.logging().group(),
                reserved);
    }
}
