package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.CloudParts;
import virga.cloud.spine.LiveEnvironment;
import virga.cloud.spine.WorkerKeys;
import virga.cloud.testing.TestingRecorder;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.Signals;
import virga.kernel.system.SystemPorts;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.DescribeStacksInput;
import virga.model.cloudformation.Stack;
import virga.services.cloudformation.stack.StackSignals;
import virga.store.rocksdb.RocksSettings;
import virga.store.rocksdb.RocksStores;

/** What was begun before the cloud went down is finished after it came up. */
final class RestartTest {
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final TestingThings things = new TestingThings();

    @TempDir
    private Path directory;

    private Cloud open(TestingThings service) {
        Cloud cloud = new Cloud(
                new RocksStores(directory, RocksSettings.defaults(java.time.InstantSource.system())),
                new CloudParts(
                        Settings.DEFAULT,
                        1,
                        (seed, offset) -> SystemPorts.of(seed, offset, bugs::add),
                        (name, store, ports) -> new TestingRecorder(),
                        new WorkerKeys(
                                SystemPorts.of(1, Duration.ZERO, bugs::add).ids()),
                        name -> {},
                        bugs::add),
                List.of(new CloudFormationService(java.time.Duration.ZERO), service));
        cloud.start();
        return cloud;
    }

    private static <I extends Structure, O extends Structure> O call(Cloud cloud, Operation<I, O> operation, I input) {
        LiveEnvironment environment = cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
        String account = environment.settings().accountId();
        Scope scope =
                new Scope(environment.name(), account, environment.settings().region());
        Cause cause = Cause.root(environment.ports().ids().traceId());
        return environment.call(environment.newCall(scope, new Principal.Root(account), cause), operation, input);
    }

    private static Stack stack(Cloud cloud) {
        return call(
                        cloud,
                        CloudFormation.DESCRIBE_STACKS,
                        DescribeStacksInput.builder().stackName("shop").build())
                .stacks()
                .getFirst();
    }

    @Test
    void aStackThatWasBeingMadeIsMadeAfterARestart() throws InterruptedException {
        things.hold("slow");
        try (Cloud cloud = open(things)) {
            call(
                    cloud,
                    CloudFormation.CREATE_STACK,
                    TestingStacks.creation("shop", """
                    Resources:
                      First: {Type: 'AWS::XRay::Group', Properties: {Colour: red}}
                      Second: {Type: 'AWS::XRay::Group', Properties: {Colour: slow, Links: [!Ref First]}}
                    """).build());
            while (things.history().isEmpty()) {
                Thread.yield();
            }
            assertThat(stack(cloud).stackStatus()).contains("CREATE_IN_PROGRESS");
        }
        TestingThings again = new TestingThings();
        try (Cloud cloud = open(again)) {
            var ports = cloud.environment(Cloud.DEFAULT_ENVIRONMENT).ports();
            String signal = StackSignals.of(stack(cloud).stackId().orElseThrow());
            try (Signals.Listener listener = ports.signals().listen(signal)) {
                while (!stack(cloud).stackStatus().orElseThrow().equals("CREATE_COMPLETE")) {
                    assertThat(listener.await(ports.clock().now().plusSeconds(60)))
                            .isTrue();
                }
            }
        }
        assertThat(things.history()).containsExactly("create First");
        assertThat(again.history()).containsExactly("create Second");
        assertThat(bugs).isEmpty();
    }
}
