package virga.services.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Environment;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.function.FunctionVersion;
import virga.model.lambda.ResourceNotFoundException;
import virga.store.Reading;

/** Finds functions, and what a qualifier means at the moment. */
final class Functions {
    private Functions() {}

    static Optional<LambdaFunction> find(Reading reading, FunctionReference reference) {
        return reading.get(LambdaKeys.function(reference.scope(), reference.name()), LambdaKeys.FUNCTION_ROW);
    }

    /** {@code $LATEST} of the function. @throws ResourceNotFoundException */
    static LambdaFunction latest(Reading reading, FunctionReference reference) {
        return find(reading, reference).orElseThrow(() -> missing(reference));
    }

    /** The version that the reference means; an alias with weights picks one by {@code share}, from 0.0 to 1.0. */
    static LambdaFunction resolve(Reading reading, FunctionReference reference, double share) {
        LambdaFunction latest = latest(reading, reference);
        String qualifier = reference.qualifier();
        if (qualifier.isEmpty() || qualifier.equals(LambdaFunction.LATEST)) {
            return latest;
        }
        String version = qualifier.matches("\\d+") ? qualifier : picked(alias(reading, reference), share);
        if (version.equals(LambdaFunction.LATEST)) {
            return latest;
        }
        return reading.get(
                        LambdaKeys.VERSION.key(
                                reference.scope().account(),
                                reference.scope().region(),
                                reference.name(),
                                Long.parseLong(version)),
                        LambdaKeys.FUNCTION_ROW)
                .orElseThrow(() -> missing(reference));
    }

    private static String picked(Alias alias, double share) {
        double reached = 0;
        for (Map.Entry<String, Double> weight : alias.weights().entrySet()) {
            reached += weight.getValue();
            if (share < reached) {
                return weight.getKey();
            }
        }
        return alias.version();
    }

    static Alias alias(Reading reading, FunctionReference reference) {
        return reading.get(
                        LambdaKeys.ALIAS.key(
                                reference.scope().account(),
                                reference.scope().region(),
                                reference.name(),
                                reference.qualifier()),
                        LambdaKeys.ALIAS_ROW)
                .orElseThrow(() -> missing(reference));
    }

    static ResourceNotFoundException missing(FunctionReference reference) {
        return new ResourceNotFoundException("Function not found: " + reference.arn());
    }

    /** What the engine runs; the layers' archives are looked up now. */
    static FunctionVersion forEngine(Environment environment, LambdaFunction function, int reserved) {
        List<FunctionVersion.Code> layers = new ArrayList<>();
        for (String arn : function.configuration().layers()) {
            Layer layer = environment.read(reading -> layer(reading, arn));
            layers.add(CodeStore.archive(environment, layer.code()));
        }
        return function.forEngine(
                environment.name(), CodeStore.archive(environment, function.code()), layers, reserved);
    }

    static Layer layer(Reading reading, String versionArn) {
        Arn arn = Arn.parse(versionArn);
        String[] parts = arn.resource().split(":");
        return Optional.of(parts)
                .filter(found -> found.length == 3 && found[2].matches("\\d+"))
                .flatMap(found -> reading.get(
                        LambdaKeys.LAYER.key(arn.account(), arn.region(), found[1], Long.parseLong(found[2])),
                        LambdaKeys.LAYER_ROW))
                .orElseThrow(() ->
                        new ResourceNotFoundException("The resource you requested does not exist: " + versionArn));
    }

    static String arnOf(Call call, String reference) {
        return FunctionReference.parse(call, reference).arn();
    }
}
