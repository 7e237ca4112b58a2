package virga.services.lambda;

import java.time.Instant;
import java.util.List;
import virga.kernel.Arn;
import virga.kernel.Scope;

/** One version of a layer. */
record Layer(
        String name,
        long version,
        Scope scope,
        LambdaFunction.Package code,
        String description,
        String license,
        List<String> runtimes,
        List<String> architectures,
        Instant createdAt) {
    Layer {
        runtimes = List.copyOf(runtimes);
        architectures = List.copyOf(architectures);
    }

    String arn() {
        return Arn.of("lambda", scope, "layer:" + name).toString();
    }

    String versionArn() {
        return arn() + ":" + version;
    }
}
