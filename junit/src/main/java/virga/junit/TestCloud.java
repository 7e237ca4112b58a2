package virga.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import virga.cloud.Settings;
import virga.cloud.Settings.Authorization;
import virga.kernel.Bug;
import virga.kernel.Clock;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;
import virga.reviewer.Review;
import virga.server.Virga;
import virga.server.VirgaSettings;

/** The one cloud of a test JVM. It listens on a free port, because functions are processes of their own and call it over HTTP. */
final class TestCloud implements AutoCloseable {
    private static final int LONGEST_SLUG = 40;

    private final Path files;
    private final Virga virga;
    private final Ports machine;
    private final Review review;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final AtomicInteger environments = new AtomicInteger();
    private final Map<Blueprint, Base> bases = new ConcurrentHashMap<>();

    private TestCloud(Path files) {
        this.files = files;
        this.virga = Virga.start(VirgaSettings.inMemory(files), notices::add);
        this.machine = SystemPorts.of(0, Duration.ZERO, bug -> {
            throw new Bug("in the test cloud", bug);
        });
        this.review = new Review(virga.cloud(), name -> virga.records().of(name).orElseThrow(), virga.crash());
    }

    static TestCloud start() {
        try {
            return new TestCloud(Files.createTempDirectory("virga-junit-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a blueprint's templates became, in an environment that is only forked; or why it came to nothing. */
    private sealed interface Base {
        record Ready(String environment, Map<String, Map<String, String>> outputs) implements Base {}

        record Broken(String reason) implements Base {}
    }

    Virga virga() {
        return virga;
    }

    Ports machine() {
        return machine;
    }

    /** The machine's time, which no test moves. */
    Clock wall() {
        return machine.clock();
    }

    Review review() {
        return review;
    }

    /** What Virga said to people since it started. */
    List<String> notices() {
        return notices;
    }

    /**
     * A fresh environment.
     *
     * @param title the test's name
     * @throws IllegalStateException where a template of the blueprint cannot be deployed
     */
    VirgaEnvironment environment(Blueprint blueprint, String title) {
        String name = name(title);
        if (blueprint.templates().isEmpty()) {
            virga.cloud().create(name, settings(blueprint));
            return new VirgaEnvironment(this, name, Map.of());
        }
        return switch (bases.computeIfAbsent(blueprint, this::deploy)) {
            case Base.Broken broken -> throw new IllegalStateException(broken.reason());
            case Base.Ready ready -> {
                virga.cloud().fork(ready.environment(), name);
                // The deployed environment stands still; its copies live now.
                virga.cloud().changeClock(name, clock -> {
                    clock.resume();
                    if (clock.offset().isNegative()) {
                        clock.advance(clock.offset().negated());
                    }
                });
                yield new VirgaEnvironment(this, name, ready.outputs());
            }
        };
    }

    /** An unused name that says what it is for, within what environments may be called. */
    String name(String title) {
        String slug =
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String some = slug.substring(0, Math.min(slug.length(), LONGEST_SLUG));
        return (some.isEmpty() ? "test" : some) + "-" + environments.incrementAndGet();
    }

    private static Settings settings(Blueprint blueprint) {
        return Settings.DEFAULT.withAuthorization(blueprint.enforce() ? Authorization.ENFORCE : Authorization.AUDIT);
    }

    private Base deploy(Blueprint blueprint) {
        String name = name("deployed");
        virga.cloud().create(name, settings(blueprint));
        try (VirgaEnvironment environment = new VirgaEnvironment(this, name, Map.of())) {
            Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
            for (Blueprint.Template template : blueprint.templates()) {
                DeployedStack stack = environment.deploy(template.path(), template.stack(), template.parameters());
                outputs.put(stack.name(), stack.outputs());
            }
            environment.settle();
            // Nothing may happen here any more, or forks would depend on when they are made.
            environment.clock().freeze();
            environment.keep();
            return new Base.Ready(name, outputs);
        } catch (IllegalStateException | IllegalArgumentException refused) {
            return new Base.Broken(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void close() {
        virga.close();
        machine.clock().close();
        try (Stream<Path> all = Files.walk(files)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
