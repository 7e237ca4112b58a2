package virga.junit;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.CallRecord;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.DescribeStackResourcesInput;
import virga.reviewer.Report;
import virga.reviewer.rules.Suppressions;
import virga.server.deploy.Deployment;
import virga.server.deploy.LocalCalls;

/** One test's own AWS: empty or with what was deployed, with a time of its own, seen by nobody else. */
public final class VirgaEnvironment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REVIEW_PATIENCE = Duration.ofMinutes(3);
    private static final Pattern API =
            Pattern.compile("https?://(?:([a-z0-9]+)\\.execute-api\\.[^/]+|[^/]+/_virga/api/([a-z0-9]+))(/.*)?");

    private final TestCloud cloud;
    private final String name;
    private final LiveEnvironment live;
    private final Instant since;
    private final Map<Class<?>, SdkClient> clients = new ConcurrentHashMap<>();
    private final Map<String, DeployedStack> stacks = new ConcurrentHashMap<>();
    private final List<VirgaEnvironment> forks = new ArrayList<>();
    private boolean kept;

    /** @param outputs of the stacks that it was made with, by stack */
    VirgaEnvironment(TestCloud cloud, String name, Map<String, Map<String, String>> outputs) {
        this.cloud = cloud;
        this.name = name;
        this.live = cloud.virga().cloud().environment(name);
        this.since = live.ports().clock().now();
        outputs.forEach((stack, values) -> stacks.put(stack, deployed(stack, values)));
    }

    /** As the console and {@code virga} call it. */
    public String name() {
        return name;
    }

    /**
     * A client of this environment, the same one each time. It calls the cloud in this process; nothing passes a socket.
     *
     * @param type a client of the AWS SDK v2, as {@code SqsClient.class} or {@code SqsAsyncClient.class}
     */
    public <C extends SdkClient> C client(Class<C> type) {
        return type.cast(clients.computeIfAbsent(type, unused -> make(type)));
    }

    /** Points a client's builder at this environment, in this process; everything else stays as the caller sets it. */
    public <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
        point(builder);
        return builder;
    }

    private void point(AwsClientBuilder<?, ?> builder) {
        builder.endpointOverride(endpoint());
        builder.region(region());
        builder.credentialsProvider(StaticCredentialsProvider.create(credentials()));
        if (builder instanceof AwsSyncClientBuilder<?, ?> sync) {
            sync.httpClient(new InProcessHttpClient(cloud.virga().door()));
        }
        if (builder instanceof AwsAsyncClientBuilder<?, ?> async) {
            async.httpClient(new InProcessAsyncHttpClient(
                    cloud.virga().door(), cloud.machine().threads()));
        }
    }

    private <C extends SdkClient> SdkClient make(Class<C> type) {
        try {
            AwsClientBuilder<?, ?> builder =
                    (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
            point(builder);
            return (SdkClient) builder.build();
        } catch (NoSuchMethodException | IllegalAccessException | ClassCastException e) {
            throw new IllegalArgumentException(
                    type.getName() + " is not a client that Virga can make: it has no builder() for AWS clients", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("Cannot make a " + type.getName(), e.getCause());
        }
    }

    /** The account's root user. */
    public AwsCredentials credentials() {
        Credentials root = cloud.virga().cloud().rootKey(name);
        return AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey());
    }

    public Region region() {
        return Region.of(live.settings().region());
    }

    /** Where clients in other processes reach the cloud; their access key leads them to this environment. */
    public URI endpoint() {
        return URI.create(cloud.virga().endpoint());
    }

    /** The environment variables with which a process, or any AWS tool, works in this environment. */
    public SortedMap<String, String> variables() {
        AwsCredentials key = credentials();
        return new TreeMap<>(Map.of(
                "AWS_ENDPOINT_URL", endpoint().toString(),
                "AWS_REGION", region().id(),
                "AWS_ACCESS_KEY_ID", key.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", key.secretAccessKey()));
    }

    /** This environment's time. */
    public EnvironmentClock clock() {
        return new EnvironmentClock(cloud.virga().cloud(), name);
    }

    /**
     * Deploys a CloudFormation or SAM template, or changes the stack to it, and waits until that is done. Code that it points to is packed
     * as {@code sam package} does.
     *
     * @param parameters the template's, by name
     * @throws IllegalStateException where it is refused or fails; the message says which resource, and why
     */
    public DeployedStack deploy(Path template, String stack, Map<String, String> parameters) {
        try {
            Deployment.Result result =
                    new Deployment(new LocalCalls(live, cloud.wall()), Quiet.LISTENER).run(template, stack, parameters);
            if (!result.succeeded()) {
                throw new IllegalStateException(
                        "Deploying " + template + " ended as " + result.status() + ": " + result.reason());
            }
            DeployedStack deployed = deployed(stack, result.outputs());
            stacks.put(stack, deployed);
            return deployed;
        } catch (Fault refused) {
            throw new IllegalStateException("Deploying " + template + " was refused: " + refused, refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deploying " + template, e);
        }
    }

    private DeployedStack deployed(String stack, Map<String, String> outputs) {
        return new DeployedStack(stack, outputs, () -> resources(stack), this::url);
    }

    private Map<String, String> resources(String stack) {
        Map<String, String> resources = new LinkedHashMap<>();
        new LocalCalls(live, cloud.wall())
                .call(
                        CloudFormation.DESCRIBE_STACK_RESOURCES,
                        DescribeStackResourcesInput.builder().stackName(stack).build())
                .stackResources()
                .forEach(resource -> resources.put(
                        resource.logicalResourceId().orElse(""),
                        resource.physicalResourceId().orElse("")));
        return resources;
    }

    /** A stack that was deployed here. @throws IllegalArgumentException where there is none of this name */
    public DeployedStack stack(String stack) {
        DeployedStack found = stacks.get(stack);
        if (found == null) {
            throw new IllegalArgumentException(
                    "No stack " + stack + " was deployed in this environment; there are: " + stackNames());
        }
        return found;
    }

    TreeSet<String> stackNames() {
        return new TreeSet<>(stacks.keySet());
    }

    /**
     * The address on this machine, in this environment, of an HTTP API that AWS's address leads to.
     *
     * @param address {@code https://ID.execute-api.REGION.amazonaws.com/...}, or an API's endpoint as Virga gives it
     */
    public URI url(String address) {
        Matcher api = API.matcher(address);
        if (!api.matches()) {
            throw new IllegalArgumentException("not the address of an HTTP API: " + address);
        }
        String id = api.group(1) == null ? api.group(2) : api.group(1);
        return URI.create(endpoint() + "/_virga/api/" + id + "@" + name + (api.group(3) == null ? "" : api.group(3)));
    }

    /** A copy of this environment as it is now, its time included; the two go their own ways. It ends with this one. */
    public VirgaEnvironment fork() {
        String copy = cloud.name(name);
        cloud.virga().cloud().fork(name, copy);
        Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
        stacks.forEach((stack, deployed) -> outputs.put(stack, deployed.outputs()));
        VirgaEnvironment fork = new VirgaEnvironment(cloud, copy, outputs);
        synchronized (forks) {
            forks.add(fork);
        }
        return fork;
    }

    /**
     * Waits until nothing moves: no call, delivery or invocation is under way, and no message waits for a function. What waits for time
     * (a delay, a retry's pause, a visibility timeout, a schedule) does not count: {@link #clock} moves it.
     *
     * @throws AssertionError where something still moves after 30 seconds; it says what
     */
    public void settle() {
        settle(PATIENCE);
    }

    /** As {@link #settle()}, with another patience. */
    public void settle(Duration patience) {
        try {
            List<String> moving = new Rest(live, cloud.wall()).await(patience);
            if (!moving.isEmpty()) {
                throw new AssertionError("Environment " + name + " did not come to rest in " + patience + ": "
                        + String.join("; ", moving));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while environment " + name + " was to come to rest", e);
        }
    }

    /** Everything that happened since the test began, oldest first. */
    public List<CallRecord> records() {
        return happened().all();
    }

    /** The traces since the test began, oldest first. */
    public List<Trace> traces() {
        return happened().traces();
    }

    /** The newest trace that reached a function, or else the newest. @throws AssertionError where nothing has happened */
    public Trace lastTrace() {
        List<Trace> newestFirst = traces().reversed();
        return newestFirst.stream()
                .filter(trace -> !trace.functions().isEmpty())
                .findFirst()
                .or(() -> newestFirst.stream().findFirst())
                .orElseThrow(() -> new AssertionError("Nothing has happened in environment " + name + " yet"));
    }

    /**
     * What is wrong with what was deployed and with what it did, with the evidence. Events that functions handled are replayed in forks,
     * so this takes seconds.
     */
    public Report review() {
        settle();
        try {
            return cloud.review().of(name, Suppressions.NONE, 1, REVIEW_PATIENCE, step -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while environment " + name + " was reviewed", e);
        }
    }

    /** Asserts something of a function. @param function its name, or its logical id in a stack that was deployed here */
    public FunctionAssert assertThatFunction(String function) {
        String functionName = function;
        for (DeployedStack stack : stacks.values()) {
            functionName = resources(stack.name()).getOrDefault(function, functionName);
        }
        return new FunctionAssert(this, cloud.review().replay(), function, functionName);
    }

    List<CallRecord> invocations(String functionName) {
        return happened().invocations(functionName);
    }

    /** The functions that were invoked, by name. */
    TreeSet<String> functions() {
        TreeSet<String> functions = new TreeSet<>();
        traces().forEach(trace -> functions.addAll(trace.functions()));
        return functions;
    }

    Story story() {
        return Story.of(name, traces(), cloud.notices());
    }

    private Records happened() {
        return new Records(cloud.virga().records().of(name).orElseThrow(), since);
    }

    /** From now on closing leaves the environment itself in the cloud. */
    void keep() {
        kept = true;
    }

    /** Closes the clients and deletes the environment with all that is in it. The extension does this after the test. */
    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
        clients.clear();
        synchronized (forks) {
            forks.forEach(VirgaEnvironment::close);
            forks.clear();
        }
        if (!kept && cloud.virga().cloud().find(name).isPresent()) {
            cloud.virga().cloud().delete(name);
        }
    }
}
