package virga.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads what a worker writes. Reading a pipe would hold a carrier of virtual threads, so each worker has a small thread of its own.
 */
final class WorkerOutput {
    private final Process process;
    private final WorkerLog log;
    private final Path pipe;
    private final String pipeName;
    private final AtomicLong marks = new AtomicLong();
    private final Map<Long, CountDownLatch> awaited = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    WorkerOutput(Process process, WorkerLog log) {
        this.process = process;
        this.log = log;
        this.pipe = Path.of("/proc/" + process.pid() + "/fd/1");
        this.pipeName = nameOf(pipe);
        log.onMark(number -> {
            CountDownLatch latch = awaited.remove(number);
            if (latch != null) {
                latch.countDown();
            }
        });
        Thread.ofPlatform().daemon().name("worker-" + process.pid() + "-output").start(this::read);
    }

    /**
     * Waits until all that the worker has written so far is in its log. The engine puts a mark into the worker's own pipe, behind
     * what is there, and waits for it to come out; a worker that has ended is read to the end. Where the system has no /proc, or
     * the worker moved its output elsewhere, there is nothing to put a mark into, and late lines go to the next event.
     */
    void settle() throws InterruptedException {
        if (!process.isAlive()) {
            ended.await();
            return;
        }
        if (pipeName.isEmpty() || !pipeName.equals(nameOf(pipe))) {
            return;
        }
        long number = marks.incrementAndGet();
        CountDownLatch latch = new CountDownLatch(1);
        awaited.put(number, latch);
        if (ended.getCount() == 0) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
            out.write(FrameParser.mark(number));
        } catch (IOException e) {
            // It ended at this moment: the reader comes to the end by itself.
            ended.await();
            return;
        }
        latch.await();
    }

    private void read() {
        FrameParser parser = new FrameParser(log);
        byte[] buffer = new byte[1 << 13];
        try (InputStream in = process.getInputStream()) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                parser.feed(buffer, read);
            }
        } catch (IOException e) {
            // The pipe was closed under the reader: the process has ended.
            return;
        } finally {
            parser.finish();
            ended.countDown();
            awaited.values().forEach(CountDownLatch::countDown);
        }
    }

    private static String nameOf(Path descriptor) {
        try {
            String name = Files.readSymbolicLink(descriptor).toString();
            return name.startsWith("pipe:") ? name : "";
        } catch (IOException e) {
            return "";
        }
    }
}
