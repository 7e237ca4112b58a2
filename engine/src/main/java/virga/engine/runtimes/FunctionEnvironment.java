package virga.engine.runtimes;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Credentials;
import virga.kernel.function.FunctionVersion;

/**
 * The environment variables of a worker, as Lambda sets them.
 *
 * <p>{@code AWS_ENDPOINT_URL} is all that an AWS SDK needs to come to Virga. It is an address with an IP literal, for which every
 * SDK's S3 client uses path style by its endpoint rules; with a host name it would ask for {@code BUCKET.host}, which most
 * machines can not resolve. The X-Ray daemon's address is not set: there is no daemon, because calls are traced without one.
 *
 * <p>Source: "Working with Lambda environment variables", "Defined runtime environment variables", AWS Lambda Developer Guide.
 */
public final class FunctionEnvironment {
    private FunctionEnvironment() {}

    /**
     * @param initializationType {@code on-demand} or {@code provisioned-concurrency}
     * @param interpreterFolder where the interpreter's executable is; Lambda has {@code /var/lang/bin} in its place
     */
    public static SortedMap<String, String> of(
            FunctionVersion version,
            Placement placement,
            Credentials credentials,
            String logStream,
            String endpointUrl,
            Path interpreterFolder,
            String initializationType) {
        SortedMap<String, String> environment = ahead(placement, interpreterFolder);
        environment.put("AWS_DEFAULT_REGION", version.scope().region());
        if (!version.runtime().startsWith("provided")) {
            environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + version.runtime());
        }
        environment.put("AWS_ENDPOINT_URL", endpointUrl);
        environment.putAll(version.environment());
        environment.put("_HANDLER", version.handler());
        environment.put("AWS_REGION", version.scope().region());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", version.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(version.memoryMegabytes()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", initializationType);
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", version.logGroup());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
        environment.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        if (!credentials.sessionToken().isEmpty()) {
            environment.put("AWS_SESSION_TOKEN", credentials.sessionToken());
        }
        environment.put("LAMBDA_TASK_ROOT", placement.task().toString());
        environment.put("LAMBDA_RUNTIME_DIR", placement.runtime().toString());
        return environment;
    }

    /** What is the same for every function, known before it is: the user's configuration may replace it. */
    public static SortedMap<String, String> ahead(Placement placement, Path interpreterFolder) {
        SortedMap<String, String> environment = new TreeMap<>();
        String task = placement.task().toString();
        String layers = placement.layers().toString();
        environment.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        environment.put("PATH", interpreterFolder + ":/usr/local/bin:/usr/bin/:/bin:" + layers + "/bin");
        environment.put("LD_LIBRARY_PATH", task + ":" + task + "/lib:" + layers + "/lib");
        if (!placement.temporary().equals(Path.of("/tmp"))) {
            environment.put("TMPDIR", placement.temporary().toString());
        }
        return environment;
    }
}
