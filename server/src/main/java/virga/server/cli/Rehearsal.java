package virga.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Clock;
import virga.kernel.Credentials;
import virga.kernel.system.SystemPorts;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.signature.Signer;
import virga.server.Virga;
import virga.server.VirgaSettings;

/**
 * A short life of a cloud, its commands and a client. The launcher runs it once after a build; what the JVM has loaded, linked and learned
 * in its course stays in a cache that every start begins with (JEP 483, 514 and 515). What is not done here is slow the first time.
 * It works in a folder that is given to it and leaves it to the caller.
 */
final class Rehearsal {
    private static final int TIMES = 50;
    /** Who builds waits for it. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private static final String TABLE = """
            {"TableName":"rehearsal","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}""";

    private static final String TEMPLATE = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Queue:
                Type: AWS::SQS::Queue
            """;

    private final Virga virga;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Rehearsal(Virga virga, Clock clock) {
        this.virga = virga;
        this.clock = clock;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Main.commandLine(Terminal.ofProcess(), "up").parseArgs("up", "--memory", "--port", "0");
        Clock clock = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        clock.at(clock.now().plus(LONGEST), () -> Runtime.getRuntime().halt(1));
        for (VirgaSettings settings : List.of(VirgaSettings.onDisk(folder), VirgaSettings.inMemory(folder))) {
            try (Virga virga = Virga.start(settings.withPort(0), unused -> {})) {
                new Rehearsal(virga, clock).play(folder);
            }
        }
        System.exit(0);
    }

    private void play(Path folder) throws IOException, InterruptedException {
        call("dynamodb", "DynamoDB_20120810.CreateTable", TABLE);
        call("sqs", "AmazonSQS.CreateQueue", "{\"QueueName\":\"rehearsal\"}");
        for (int i = 0; i < TIMES; i++) {
            call("sqs", "AmazonSQS.ListQueues", "{}");
            call("sqs", "AmazonSQS.SendMessage", queue("\"MessageBody\":\"" + i + "\""));
            call("sqs", "AmazonSQS.ReceiveMessage", queue("\"MaxNumberOfMessages\":1"));
            String item = "{\"pk\":{\"S\":\"" + i % 10 + "\"}}";
            call("dynamodb", "DynamoDB_20120810.PutItem", table("\"Item\":" + item));
            call("dynamodb", "DynamoDB_20120810.GetItem", table("\"Key\":" + item));
            call(
                    "dynamodb",
                    "DynamoDB_20120810.Query",
                    table(
                            "\"KeyConditionExpression\":\"pk = :pk\",\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"1\"}}"));
        }
        Path template = folder.resolve("template.yaml");
        Files.writeString(template, TEMPLATE);
        command("status");
        command("credentials");
        command("deploy", template.toString(), "--stack", "rehearsal");
        command("env", "list");
        command("clock", "show");
        command("trace", "--logs");
        command("logs", "/aws/lambda/rehearsal");
        command("invoke", "rehearsal");
        command("review");
    }

    private static String table(String more) {
        return "{\"TableName\":\"rehearsal\"," + more + "}";
    }

    private String queue(String more) {
        return "{\"QueueUrl\":\"" + virga.endpoint() + "/000000000000/rehearsal\"," + more + "}";
    }

    /** A call as a client makes it: signed, over the socket. */
    private void call(String service, String target, String body) throws IOException, InterruptedException {
        URI endpoint = URI.create(virga.endpoint());
        Headers headers = Headers.builder()
                .add("Host", endpoint.getAuthority())
                .add("Content-Type", "application/x-amz-json-1.0")
                .add("X-Amz-Target", target)
                .build();
        Credentials root = virga.cloud().rootKey("default");
        HttpRequest signed = new Signer(root, "us-east-1", service)
                .sign(HttpRequest.of("POST", "/", headers, ByteStream.of(Bytes.ofUtf8(body))), clock.now());
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(endpoint.resolve("/"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body));
        signed.headers().forEach((name, value) -> {
            // The client sets this one itself, to the same.
            if (!name.equalsIgnoreCase("Host")) {
                request.header(name, value);
            }
        });
        http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** However it ends: here it is only to have run. */
    private void command(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--endpoint";
        all[words.length + 1] = virga.endpoint();
        Main.commandLine(Terminal.ofProcess(), all).execute(all);
    }
}
