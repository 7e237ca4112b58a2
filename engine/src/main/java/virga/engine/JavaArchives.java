package virga.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import virga.engine.isolation.Furnishing;
import virga.engine.isolation.Priority;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeCalls.Reply;
import virga.engine.runtimeapi.RuntimeEndpoint;
import virga.engine.runtimes.FunctionEnvironment;
import virga.engine.runtimes.JavaCommand;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.kernel.Bytes;

/**
 * Archives of the loaded classes of Lambda's Java runtime, one for each Java of this machine, which take about a third off a Java worker's start.
 * One is made in the background after the first Java worker: the runtime handles one event of its own in a sandbox, because an
 * archive serves only processes that find their jars by the same paths, and writes the archive when it is told to end.
 */
final class JavaArchives {
    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";
    private static final int MEMORY_MEGABYTES = 1024;
    private static final int TEMPORARY_MEGABYTES = 128;

    private final EngineParts parts;
    private final Set<Path> tried = ConcurrentHashMap.newKeySet();

    JavaArchives(EngineParts parts) {
        this.parts = parts;
    }

    /** Makes the archive for {@code chosen} in the background, unless there is one or a try has failed. */
    void make(Chosen chosen) {
        boolean privateMounts = parts.isolation().furnishesLater();
        Path java = chosen.interpreter().orElseThrow().executable();
        if (parts.config().startAhead() == 0 || !privateMounts || !tried.add(java)) {
            return;
        }
        Path archive = JavaCommand.archive(parts.runtimeFiles(), chosen);
        if (!Files.exists(archive)) {
            parts.machine().threads().start("java-archive", () -> {
                try {
                    train(chosen, archive);
                } catch (IOException e) {
                    parts.notices()
                            .accept("could not make a class archive, Java functions start slower: " + e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private void train(Chosen chosen, Path archive) throws IOException, InterruptedException {
        Conversation conversation = new Conversation(parts.machine().clock());
        Furnishing furnishing = new Furnishing(
                "j" + parts.machine().ids().hex(16),
                parts.emptyFolder(),
                parts.emptyFolder(),
                parts.runtimeFiles(),
                parts.libraries().folder(),
                MEMORY_MEGABYTES,
                TEMPORARY_MEGABYTES);
        try (RuntimeEndpoint endpoint = new RuntimeEndpoint(parts.machine().threads(), conversation);
                Sandbox sandbox = parts.isolation().open(furnishing)) {
            sandbox.prioritise(Priority.BACKGROUND);
            Process process = sandbox.start(plan(chosen, sandbox.placement(), endpoint.address()));
            process.onExit().thenAccept(ended -> conversation.tell(new WorkerEvent.Exited(ended.exitValue())));
            parts.machine().threads().start("java-archive-output", () -> swallow(process));
            Path temporary = Path.of(
                    "/proc/" + process.pid() + "/root" + sandbox.placement().temporary());
            expect(conversation, WorkerEvent.Ready.class);
            // Opened while the process lives: the folder stays within reach when its namespace is gone.
            try (DirectoryStream<Path> folder = Files.newDirectoryStream(temporary)) {
                conversation.deliver(REQUEST_ID, event());
                expect(conversation, WorkerEvent.Answered.class);
                expect(conversation, WorkerEvent.Ready.class);
                process.destroy();
                expect(conversation, WorkerEvent.Exited.class);
                keep(folder, archive);
            }
        } finally {
            conversation.end();
        }
    }

    private static void expect(Conversation conversation, Class<? extends WorkerEvent> kind)
            throws IOException, InterruptedException {
        WorkerEvent event = conversation.take();
        if (!kind.isInstance(event)) {
            throw new IOException("the runtime gave " + event + " where " + kind.getSimpleName() + " was expected");
        }
    }

    private static void keep(DirectoryStream<Path> folder, Path archive) throws IOException {
        if (!(folder instanceof SecureDirectoryStream<Path> open)) {
            throw new IOException("this file system's folders can not be held open");
        }
        Path fresh = Files.createTempFile(Files.createDirectories(archive.getParent()), "incomplete-", "");
        try (InputStream in = Channels.newInputStream(
                        open.newByteChannel(JavaCommand.TRAINED, Set.of(StandardOpenOption.READ)));
                OutputStream out = Files.newOutputStream(fresh)) {
            in.transferTo(out);
        }
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private LaunchPlan plan(Chosen chosen, Placement placement, String address) {
        SortedMap<String, String> environment = FunctionEnvironment.ahead(placement, chosen.folder());
        environment.putAll(Map.of(
                "AWS_LAMBDA_RUNTIME_API", address,
                "AWS_LAMBDA_FUNCTION_NAME", "training",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEMORY_MEGABYTES),
                "AWS_LAMBDA_LOG_GROUP_NAME", "training",
                "AWS_LAMBDA_LOG_STREAM_NAME", "training",
                "LAMBDA_TASK_ROOT", placement.task().toString()));
        return new LaunchPlan(JavaCommand.training(chosen, placement), environment, placement.task());
    }

    private Reply event() {
        long deadline = parts.machine().clock().now().plusSeconds(60).toEpochMilli();
        return new Reply(
                200,
                Map.of(
                        "Lambda-Runtime-Aws-Request-Id",
                        REQUEST_ID,
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(deadline),
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:us-east-1:000000000000:function:training"),
                Bytes.ofUtf8("{}"));
    }

    private static void swallow(Process process) {
        try (InputStream in = process.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The process has ended, and with it what it had to say.
            return;
        }
    }
}
