package virga.conformance.process;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Clients at work on one life of a Virga, each on a thread of its own, until the connection breaks. */
final class Load {
    /** After it every message can be seen. */
    static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private static final int PART_BYTES = 5 << 20;
    private static final int MOST_EVENTS = 6;

    private final Clients clients;
    private final Ledger ledger;
    private final String life;
    private final CountDownLatch enough;
    private final List<Thread> threads = new ArrayList<>();

    /** @param life names what is written in it */
    Load(Clients clients, Ledger ledger, String life, int acknowledgements) {
        this.clients = clients;
        this.ledger = ledger;
        this.life = life;
        this.enough = new CountDownLatch(acknowledgements);
    }

    /** What one client does again and again, under a new name each time. */
    private interface Work {
        void once(String name) throws SdkClientException;
    }

    void start() {
        repeat("m", Integer.MAX_VALUE, this::send);
        repeat("i", Integer.MAX_VALUE, this::put);
        repeat("c", Integer.MAX_VALUE, this::add);
        repeat("o", Integer.MAX_VALUE, this::store);
        repeat("e", MOST_EVENTS, this::invoke);
    }

    private void repeat(String kind, int times, Work work) {
        threads.add(Thread.ofPlatform().start(() -> {
            try {
                for (int number = 0; number < times; number++) {
                    work.once(kind + life + "-" + number);
                    enough.countDown();
                }
            } catch (SdkClientException killed) {
                // The answer is lost with the process.
            }
        }));
    }

    private void send(String name) {
        clients.sqs()
                .sendMessage(request -> request.queueUrl(Place.queue("kept"))
                        .messageBody(name)
                        .delaySeconds(name.endsWith("0") ? (int) LONGEST_DELAY.toSeconds() : 0));
        ledger.messages.add(name);
    }

    private void put(String name) {
        String key = "k" + name.hashCode() % 50;
        clients.dynamodb()
                .putItem(request -> request.tableName("items")
                        .item(Map.of("pk", AttributeValue.fromS(key), "version", AttributeValue.fromS(name))));
        ledger.items.put(key, name);
    }

    private void add(String name) {
        ledger.additionsTried.incrementAndGet();
        clients.dynamodb()
                .updateItem(request -> request.tableName("items")
                        .key(Map.of("pk", AttributeValue.fromS("counter")))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
        ledger.additions.incrementAndGet();
    }

    /** One object in ten comes in two parts. */
    private void store(String name) {
        Random random = new Random(name.hashCode());
        if (name.endsWith("2")) {
            byte[] first = content(random, PART_BYTES);
            byte[] second = content(random, 1_000);
            String upload = clients.s3()
                    .createMultipartUpload(request -> request.bucket("objects").key(name))
                    .uploadId();
            List<CompletedPart> parts = List.of(part(name, upload, 1, first), part(name, upload, 2, second));
            clients.s3()
                    .completeMultipartUpload(request -> request.bucket("objects")
                            .key(name)
                            .uploadId(upload)
                            .multipartUpload(whole -> whole.parts(parts)));
            ledger.objects.put(name, digest(first, second));
        } else {
            byte[] content = content(random, random.nextInt(200_000));
            clients.s3().putObject(request -> request.bucket("objects").key(name), RequestBody.fromBytes(content));
            ledger.objects.put(name, digest(content));
        }
    }

    private CompletedPart part(String key, String upload, int number, byte[] content) {
        String tag = clients.s3()
                .uploadPart(
                        request -> request.bucket("objects")
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static byte[] content(Random random, int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return content;
    }

    static String digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some events fail always; the others leave their name at the function's destination. */
    private void invoke(String name) {
        clients.lambda()
                .invoke(request -> request.functionName(name.endsWith("1") ? "failing" : "working")
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String("\"" + name + "\"")));
        ledger.events.add(name);
    }

    /** Waits until enough was acknowledged. */
    void awaitEnough() throws InterruptedException {
        enough.await();
    }

    /** Waits until every client knows that its connection is broken. */
    void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
