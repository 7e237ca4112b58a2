package virga.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import virga.cloud.Service;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.CloudParts;
import virga.cloud.spine.Registry;
import virga.cloud.spine.WorkerKeys;
import virga.engine.EngineConfig;
import virga.engine.ProcessEngine;
import virga.kernel.Ports;
import virga.kernel.function.FunctionEngine;
import virga.kernel.system.SystemPorts;
import virga.server.VirgaSettings.State;
import virga.server.door.FrontDoor;
import virga.store.KeptHistory;
import virga.store.Stores;
import virga.store.memory.MemoryStores;
import virga.store.rocksdb.RocksSettings;
import virga.store.rocksdb.RocksStores;

/** The one place where a cloud is put together, from top to bottom. */
public final class Composition implements AutoCloseable {
    private final OpenRecords records;
    private final ProcessEngine engine;
    private final Cloud cloud;
    private final FrontDoor door;

    /**
     * @param machine the machine's own ports
     * @param endpoint where clients, functions among them, reach the cloud
     * @param notices told in words for people of slow things and of what is missing on the machine
     * @param onBug told of every broken promise
     */
    public Composition(
            VirgaSettings settings,
            Ports machine,
            String endpoint,
            Consumer<String> notices,
            Consumer<Throwable> onBug) {
        Stores stores = stores(settings.state(), machine);
        WorkerKeys workers = new WorkerKeys(machine.ids());
        records = new OpenRecords();
        EngineConfig engineConfig = EngineConfig.of(settings.files().resolve("functions"), endpoint)
                .withAccountConcurrency(settings.environment().accountConcurrency())
                .withStrictRuntimes(settings.functions().strictRuntimes())
                .withStartAhead(settings.functions().startAhead());
        // The engine tries how it can keep workers apart by starting a process; what needs no engine is made meanwhile.
        Soon<ProcessEngine> starting = Soon.of(
                machine.threads(),
                "engine",
                () -> new ProcessEngine(engineConfig, records::ports, machine, records.ofAll(), workers, notices));
        FunctionEngine functions = new StartingFunctions(starting::get);
        List<Service> services = Services.all(functions, records.observatory(), endpoint);
        CloudParts parts = new CloudParts(
                settings.environment(),
                settings.seed(),
                (seed, clockOffset) -> SystemPorts.of(seed, clockOffset, onBug),
                records,
                workers,
                functions::retireEnvironment,
                onBug);
        cloud = new Cloud(stores, parts, services);
        door = new FrontDoor(cloud, machine.clock(), onBug);
        engine = starting.get();
        cloud.start();
    }

    /** What the services offer, without a cloud: for those who only ask what there is. */
    public static Registry registry() {
        return new Registry(Services.all(new NoFunctions(), new OpenRecords().observatory(), ""));
    }

    public Cloud cloud() {
        return cloud;
    }

    public OpenRecords records() {
        return records;
    }

    public ProcessEngine engine() {
        return engine;
    }

    /** Answers AWS's API and what users deployed. */
    public FrontDoor door() {
        return door;
    }

    /** The machine's ports, which no environment moves. */
    static Ports machine(Consumer<Throwable> onBug) {
        return SystemPorts.of(0, Duration.ZERO, onBug);
    }

    private static Stores stores(State state, Ports machine) {
        return switch (state) {
            case State.Memory memory -> new MemoryStores(KeptHistory.DEFAULT, machine.clock()::now);
            case State.Disk disk ->
                new RocksStores(
                        disk.directory(),
                        RocksSettings.defaults(machine.clock()::now).withDurability(disk.durability()));
        };
    }

    /** Ends every worker and closes every environment; what was acknowledged is kept. */
    @Override
    public void close() {
        cloud.close();
        engine.close();
    }
}
