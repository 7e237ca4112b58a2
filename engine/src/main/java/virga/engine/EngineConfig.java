package virga.engine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the engine is told when it is made.
 *
 * @param directory where packages, runtime files, installed libraries and workers' folders are kept
 * @param endpointUrl where functions find the cloud; {@code localhost} becomes {@code 127.0.0.1}, because AWS's S3 clients use path
 *     style only for an address
 * @param idleTime how long an unused worker is kept, on its environment's clock
 * @param accountConcurrency workers at once in an account and region; AWS's default is 1,000
 * @param strictRuntimes refuse a runtime version that the machine lacks, instead of running on its neighbour
 * @param startAhead how many workers of a recently used runtime and memory size wait for a function; 0 for none
 * @param plainWorkers do without private mounts and kernel limits even where the machine allows them
 * @param installLibraries install AWS SDKs with npm or pip when a function needs them and the machine has none
 */
public record EngineConfig(
        Path directory,
        String endpointUrl,
        Duration idleTime,
        int accountConcurrency,
        boolean strictRuntimes,
        int startAhead,
        boolean plainWorkers,
        boolean installLibraries) {
    /** AWS's default. Source: "Lambda quotas", AWS Lambda Developer Guide. */
    public static final int ACCOUNT_CONCURRENCY = 1000;

    public EngineConfig {
        directory = directory.toAbsolutePath().normalize();
        if ("localhost".equals(URI.create(endpointUrl).getHost())) {
            endpointUrl = endpointUrl.replaceFirst("localhost", "127.0.0.1");
        }
        if (idleTime.isNegative() || accountConcurrency < 0 || startAhead < 0) {
            throw new IllegalArgumentException("idleTime, accountConcurrency and startAhead must not be negative");
        }
    }

    /** The defaults: five idle minutes, AWS's concurrency, one worker ahead. */
    public static EngineConfig of(Path directory, String endpointUrl) {
        return new EngineConfig(
                directory, endpointUrl, Duration.ofMinutes(5), ACCOUNT_CONCURRENCY, false, 1, false, true);
    }

    public EngineConfig withIdleTime(Duration time) {
        return new EngineConfig(
                directory,
                endpointUrl,
                time,
                accountConcurrency,
                strictRuntimes,
                startAhead,
                plainWorkers,
                installLibraries);
    }

    public EngineConfig withAccountConcurrency(int workers) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, workers, strictRuntimes, startAhead, plainWorkers, installLibraries);
    }

    public EngineConfig withStrictRuntimes(boolean strict) {
        return new EngineConfig(
                directory,
                endpointUrl,
                idleTime,
                accountConcurrency,
                strict,
                startAhead,
                plainWorkers,
                installLibraries);
    }

    public EngineConfig withStartAhead(int workers) {
        return new EngineConfig(
                directory,
                endpointUrl,
                idleTime,
                accountConcurrency,
                strictRuntimes,
                workers,
                plainWorkers,
                installLibraries);
    }

    public EngineConfig withPlainWorkers(boolean plain) {
        return new EngineConfig(
                directory,
                endpointUrl,
                idleTime,
                accountConcurrency,
                strictRuntimes,
                startAhead,
                plain,
                installLibraries);
    }

    public EngineConfig withInstallLibraries(boolean install) {
        return new EngineConfig(
                directory,
                endpointUrl,
                idleTime,
                accountConcurrency,
                strictRuntimes,
                startAhead,
                plainWorkers,
                install);
    }
}
