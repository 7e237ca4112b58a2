package virga.junit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Threads;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/**
 * As {@link InProcessHttpClient}, for the SDK's asynchronous clients: each request waits for its answer on a virtual thread. Futures and
 * publishers are here because the SDK's interface is made of them.
 */
final class InProcessAsyncHttpClient implements SdkAsyncHttpClient {
    private final Door door;
    private final Threads threads;

    InProcessAsyncHttpClient(Door door, Threads threads) {
        this.door = door;
        this.threads = threads;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Consumer<Bytes> whole = body -> threads.start("sdk-request", () -> answer(request, body, done));
        request.requestContentPublisher().subscribe(new Collecting(whole, failure -> fail(request, failure, done)));
        return done;
    }

    private void answer(AsyncExecuteRequest request, Bytes body, CompletableFuture<Void> done) {
        try {
            HttpResponse response = door.handle(
                    SdkTranslation.request(request.request(), ByteStream.of(body)), SdkTranslation.SOURCE_IP);
            Bytes content = response.body().readAll();
            SdkAsyncHttpResponseHandler handler = request.responseHandler();
            handler.onHeaders(SdkTranslation.response(response));
            handler.onStream(subscriber -> subscriber.onSubscribe(new Giving(subscriber, content, done)));
        } catch (RuntimeException failure) {
            fail(request, failure, done);
        }
    }

    private static void fail(AsyncExecuteRequest request, Throwable failure, CompletableFuture<Void> done) {
        request.responseHandler().onError(failure);
        done.completeExceptionally(failure);
    }

    @Override
    public String clientName() {
        return "Virga";
    }

    @Override
    public void close() {
        // The door belongs to the cloud.
    }

    /** Collects a request's body. */
    private static final class Collecting implements Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final Consumer<Bytes> whole;
        private final Consumer<Throwable> failed;

        Collecting(Consumer<Bytes> whole, Consumer<Throwable> failed) {
            this.whole = whole;
            this.failed = failed;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            collected.writeBytes(bytes);
        }

        @Override
        public void onError(Throwable failure) {
            failed.accept(failure);
        }

        @Override
        public void onComplete() {
            whole.accept(Bytes.wrap(collected.toByteArray()));
        }
    }

    /** Gives an answer's body in one piece, once it is asked for. */
    private static final class Giving implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final Bytes content;
        private final CompletableFuture<Void> done;
        private final AtomicBoolean ended = new AtomicBoolean();

        Giving(Subscriber<? super ByteBuffer> subscriber, Bytes content, CompletableFuture<Void> done) {
            this.subscriber = subscriber;
            this.content = content;
            this.done = done;
        }

        @Override
        public void request(long count) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (count <= 0) {
                IllegalArgumentException refused = new IllegalArgumentException("requested " + count + " items");
                subscriber.onError(refused);
                done.completeExceptionally(refused);
                return;
            }
            if (!content.isEmpty()) {
                subscriber.onNext(ByteBuffer.wrap(content.toArray()));
            }
            subscriber.onComplete();
            done.complete(null);
        }

        @Override
        public void cancel() {
            ended.set(true);
            done.complete(null);
        }
    }
}
