package virga.services.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.lambda.AliasConfiguration;
import virga.model.lambda.AliasRoutingConfiguration;
import virga.model.lambda.CreateAliasRequest;
import virga.model.lambda.DeleteAliasRequest;
import virga.model.lambda.GetAliasRequest;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.lambda.ListAliasesRequest;
import virga.model.lambda.ListAliasesResponse;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.UpdateAliasRequest;
import virga.store.Key;
import virga.store.Reading.Entry;

/** Names for versions. Source: "Create an alias for a Lambda function", AWS Lambda Developer Guide. */
final class Aliases {
    AliasConfiguration create(Call call, CreateAliasRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        LambdaFunction function = Functions.latest(work, reference);
        Key key = key(function, input.name());
        if (work.get(key).isPresent()) {
            throw new ResourceConflictException("Alias already exists: " + function.arn() + ":" + input.name());
        }
        Alias alias = new Alias(
                input.name(),
                input.functionVersion(),
                input.description().orElse(""),
                weights(input.routingConfig()),
                work.ids().uuid());
        requireVersions(work, reference, alias);
        work.put(key, alias, LambdaKeys.ALIAS_ROW);
        return Descriptions.of(function, alias);
    }

    AliasConfiguration update(Call call, UpdateAliasRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName(), input.name());
        LambdaFunction function = Functions.latest(work, reference);
        Alias before = Functions.alias(work, reference);
        Alias alias = new Alias(
                before.name(),
                input.functionVersion().orElse(before.version()),
                input.description().orElse(before.description()),
                input.routingConfig().isPresent() ? weights(input.routingConfig()) : before.weights(),
                work.ids().uuid());
        requireVersions(work, reference, alias);
        work.put(key(function, alias.name()), alias, LambdaKeys.ALIAS_ROW);
        return Descriptions.of(function, alias);
    }

    AliasConfiguration get(Call call, GetAliasRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName(), input.name());
        return Descriptions.of(Functions.latest(work, reference), Functions.alias(work, reference));
    }

    ListAliasesResponse list(Call call, ListAliasesRequest input, UnitOfWork work) {
        LambdaFunction function = Functions.latest(work, FunctionReference.parse(call, input.functionName()));
        try (Stream<Entry> rows = work.scan(LambdaKeys.ALIAS.range(
                function.scope().account(), function.scope().region(), function.name()))) {
            List<AliasConfiguration> aliases = rows.map(row -> LambdaKeys.ALIAS_ROW.decode(row.value()))
                    .filter(alias ->
                            input.functionVersion().map(alias.version()::equals).orElse(true))
                    .map(alias -> Descriptions.of(function, alias))
                    .toList();
            return ListAliasesResponse.builder().aliases(aliases).build();
        }
    }

    void delete(Call call, DeleteAliasRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName(), input.name());
        work.delete(key(Functions.latest(work, reference), input.name()));
    }

    private static Map<String, Double> weights(Optional<AliasRoutingConfiguration> routing) {
        return routing.map(AliasRoutingConfiguration::additionalVersionWeights).orElse(Map.of());
    }

    private static void requireVersions(UnitOfWork work, FunctionReference reference, Alias alias) {
        if (alias.weights().containsKey(alias.version()) || alias.weights().size() > 1) {
            throw new InvalidParameterValueException("Invalid function version in routing configuration");
        }
        Functions.resolve(work, new FunctionReference(reference.scope(), reference.name(), alias.version()), 1);
        for (String version : alias.weights().keySet()) {
            Functions.resolve(work, new FunctionReference(reference.scope(), reference.name(), version), 1);
        }
    }

    private static Key key(LambdaFunction function, String alias) {
        return LambdaKeys.ALIAS.key(function.scope().account(), function.scope().region(), function.name(), alias);
    }
}
