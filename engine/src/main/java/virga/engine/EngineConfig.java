package virga.engine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import virga.engine.libraries.UserCache;

/**
 * What the engine is told when it is made.
 *
 * @param directory where packages, runtime files and workers' folders are kept
 * @param endpointUrl where functions find the cloud; {@code localhost} becomes {@code 127.0.0.1}, because AWS's S3 clients use path
 *     style only for an address
 * @param idleTime how long an unused worker is kept, on its environment's clock
 * @param accountConcurrency workers at once in an account and region; AWS's default is 1,000
 * @param strictRuntimes refuse a runtime version that the machine lacks, instead of running on its neighbour
 * @param startAhead how many workers of a recently used runtime and memory size wait for a function; 0 for none
 * @param plainWorkers do without private mounts and kernel limits even where the machine allows them
 * @param libraries where AWS SDKs are installed that functions need and neither they nor the machine have
 */
public record EngineConfig(
        Path directory,
        String endpointUrl,
        Duration idleTime,
        int accountConcurrency,
        boolean strictRuntimes,
        int startAhead,
        boolean plainWorkers,
        Libraries libraries) {
    /** AWS's default. Source: "Lambda quotas", AWS Lambda Developer Guide. */
    public static final int ACCOUNT_CONCURRENCY = 1000;

    /**
     * @param folder other clouds may use it too
     * @param install install with npm or pip; where not, what is in the folder already is used
     */
    public record Libraries(Path folder, boolean install) {
        public Libraries {
            folder = folder.toAbsolutePath().normalize();
        }
    }

    public EngineConfig {
        directory = directory.toAbsolutePath().normalize();
        if ("localhost".equals(URI.create(endpointUrl).getHost())) {
            endpointUrl = endpointUrl.replaceFirst("localhost", "127.0.0.1");
        }
        if (idleTime.isNegative() || accountConcurrency < 0 || startAhead < 0) {
            throw new IllegalArgumentException("idleTime, accountConcurrency and startAhead must not be negative");
        }
    }

    /** The defaults: five idle minutes, AWS's concurrency, one worker ahead, the user's own libraries. */
    public static EngineConfig of(Path directory, String endpointUrl) {
        return new EngineConfig(
                directory,
                endpointUrl,
                Duration.ofMinutes(5),
                ACCOUNT_CONCURRENCY,
                false,
                1,
                false,
                new Libraries(UserCache.folder().resolve("libraries"), true));
    }

    public EngineConfig withIdleTime(Duration time) {
        return new EngineConfig(
                directory, endpointUrl, time, accountConcurrency, strictRuntimes, startAhead, plainWorkers, libraries);
    }

    public EngineConfig withAccountConcurrency(int workers) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, workers, strictRuntimes, startAhead, plainWorkers, libraries);
    }

    public EngineConfig withStrictRuntimes(boolean strict) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, accountConcurrency, strict, startAhead, plainWorkers, libraries);
    }

    public EngineConfig withStartAhead(int workers) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, accountConcurrency, strictRuntimes, workers, plainWorkers, libraries);
    }

    public EngineConfig withPlainWorkers(boolean plain) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, accountConcurrency, strictRuntimes, startAhead, plain, libraries);
    }

    public EngineConfig withLibraries(Libraries other) {
        return new EngineConfig(
                directory, endpointUrl, idleTime, accountConcurrency, strictRuntimes, startAhead, plainWorkers, other);
    }
}
