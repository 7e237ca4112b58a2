package virga.engine;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.engine.isolation.Isolation;
import virga.engine.libraries.RuntimeLibraries;
import virga.engine.packages.PackageStore;
import virga.engine.runtimes.Runtimes;
import virga.kernel.Ports;
import virga.kernel.Recorder;
import virga.kernel.function.WorkerIdentities;

/**
 * What the engine's types share.
 *
 * @param environments the ports of an environment, by its name
 * @param machine the machine's own ports, whose clock runs with real time: for supervising processes
 * @param runtimeFiles what Virga brings for each runtime family
 * @param emptyFolder stands for layers and code where there are none
 * @param notices told of slow things in words for people, such as an installation
 */
record EngineParts(
        EngineConfig config,
        Function<String, Ports> environments,
        Ports machine,
        Recorder recorder,
        WorkerIdentities identities,
        PackageStore packages,
        Runtimes runtimes,
        RuntimeLibraries libraries,
        Isolation isolation,
        Path runtimeFiles,
        Path emptyFolder,
        Consumer<String> notices) {}
