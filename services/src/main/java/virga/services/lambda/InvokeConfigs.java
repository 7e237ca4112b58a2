package virga.services.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.lambda.DeleteFunctionEventInvokeConfigRequest;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.FunctionEventInvokeConfig;
import virga.model.lambda.GetFunctionEventInvokeConfigRequest;
import virga.model.lambda.ListFunctionEventInvokeConfigsRequest;
import virga.model.lambda.ListFunctionEventInvokeConfigsResponse;
import virga.model.lambda.OnFailure;
import virga.model.lambda.OnSuccess;
import virga.model.lambda.PutFunctionEventInvokeConfigRequest;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.UpdateFunctionEventInvokeConfigRequest;
import virga.store.Key;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** How asynchronous events of a function, version or alias are retried. */
final class InvokeConfigs {
    private static final String PATH = "AWS::Lambda::EventInvokeConfig/DestinationConfig";
    /** Topics and buckets are AWS's others. */
    private static final Set<String> DESTINATIONS = Set.of("sqs", "lambda", "events");

    static InvokeConfig of(Reading reading, FunctionReference reference) {
        return reading.get(key(reference), LambdaKeys.INVOKE_CONFIG_ROW).orElse(InvokeConfig.STANDARD);
    }

    FunctionEventInvokeConfig put(Call call, PutFunctionEventInvokeConfigRequest input, UnitOfWork work) {
        return change(
                reference(call, input.functionName(), input.qualifier()),
                InvokeConfig.STANDARD,
                new Wish(input.maximumRetryAttempts(), input.maximumEventAgeInSeconds(), input.destinationConfig()),
                work);
    }

    FunctionEventInvokeConfig update(Call call, UpdateFunctionEventInvokeConfigRequest input, UnitOfWork work) {
        FunctionReference reference = reference(call, input.functionName(), input.qualifier());
        return change(
                reference,
                existing(reference, work),
                new Wish(input.maximumRetryAttempts(), input.maximumEventAgeInSeconds(), input.destinationConfig()),
                work);
    }

    private record Wish(Optional<Integer> retries, Optional<Integer> age, Optional<DestinationConfig> destinations) {}

    private static FunctionEventInvokeConfig change(
            FunctionReference reference, InvokeConfig before, Wish wish, UnitOfWork work) {
        Functions.resolve(work, reference, 1);
        InvokeConfig config = new InvokeConfig(
                wish.retries().orElse(before.retries()),
                wish.age().orElse(before.ageSeconds()),
                wish.destinations()
                        .map(found -> found.onSuccess()
                                .flatMap(OnSuccess::destination)
                                .orElse(""))
                        .orElse(before.onSuccess()),
                wish.destinations()
                        .map(found -> found.onFailure()
                                .flatMap(OnFailure::destination)
                                .orElse(""))
                        .orElse(before.onFailure()),
                work.now());
        Destinations.check(config.onSuccess(), DESTINATIONS, PATH + "/OnSuccess");
        Destinations.check(config.onFailure(), DESTINATIONS, PATH + "/OnFailure");
        work.put(key(reference), config, LambdaKeys.INVOKE_CONFIG_ROW);
        return shown(reference, config);
    }

    FunctionEventInvokeConfig get(Call call, GetFunctionEventInvokeConfigRequest input, UnitOfWork work) {
        FunctionReference reference = reference(call, input.functionName(), input.qualifier());
        return shown(reference, existing(reference, work));
    }

    ListFunctionEventInvokeConfigsResponse list(
            Call call, ListFunctionEventInvokeConfigsRequest input, UnitOfWork work) {
        FunctionReference function = FunctionReference.parse(call, input.functionName());
        Functions.latest(work, function);
        List<FunctionEventInvokeConfig> configs = new ArrayList<>();
        try (Stream<Entry> rows = work.scan(LambdaKeys.INVOKE_CONFIG.range(
                function.scope().account(), function.scope().region(), function.name()))) {
            rows.forEach(row -> configs.add(shown(
                    new FunctionReference(
                            function.scope(), function.name(), LambdaKeys.INVOKE_CONFIG.text(row.key(), 3)),
                    LambdaKeys.INVOKE_CONFIG_ROW.decode(row.value()))));
        }
        return ListFunctionEventInvokeConfigsResponse.builder()
                .functionEventInvokeConfigs(configs)
                .build();
    }

    void delete(Call call, DeleteFunctionEventInvokeConfigRequest input, UnitOfWork work) {
        FunctionReference reference = reference(call, input.functionName(), input.qualifier());
        existing(reference, work);
        work.delete(key(reference));
    }

    private static InvokeConfig existing(FunctionReference reference, UnitOfWork work) {
        return work.get(key(reference), LambdaKeys.INVOKE_CONFIG_ROW)
                .orElseThrow(() -> new ResourceNotFoundException(
                        "The function " + reference.arn() + " doesn't have an EventInvokeConfig"));
    }

    private static FunctionEventInvokeConfig shown(FunctionReference reference, InvokeConfig config) {
        DestinationConfig.Builder destinations = DestinationConfig.builder()
                .onSuccess(
                        config.onSuccess().isEmpty()
                                ? OnSuccess.builder().build()
                                : OnSuccess.builder()
                                        .destination(config.onSuccess())
                                        .build())
                .onFailure(
                        config.onFailure().isEmpty()
                                ? OnFailure.builder().build()
                                : OnFailure.builder()
                                        .destination(config.onFailure())
                                        .build());
        String qualifier = reference.qualifier().isEmpty() ? LambdaFunction.LATEST : reference.qualifier();
        return FunctionEventInvokeConfig.builder()
                .functionArn(new FunctionReference(reference.scope(), reference.name(), qualifier).arn())
                .lastModified(config.modifiedAt())
                .maximumRetryAttempts(config.retries())
                .maximumEventAgeInSeconds(config.ageSeconds())
                .destinationConfig(destinations.build())
                .build();
    }

    private static FunctionReference reference(Call call, String name, Optional<String> qualifier) {
        return FunctionReference.parse(call, name, qualifier.orElse(""));
    }

    private static Key key(FunctionReference reference) {
        String qualifier = reference.qualifier().isEmpty() ? LambdaFunction.LATEST : reference.qualifier();
        return LambdaKeys.INVOKE_CONFIG.key(
                reference.scope().account(), reference.scope().region(), reference.name(), qualifier);
    }
}
