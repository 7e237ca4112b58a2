package virga.services.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.lambda.Concurrency;
import virga.model.lambda.FunctionCodeLocation;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.GetFunctionCodeSigningConfigRequest;
import virga.model.lambda.GetFunctionCodeSigningConfigResponse;
import virga.model.lambda.GetFunctionConfigurationRequest;
import virga.model.lambda.GetFunctionRequest;
import virga.model.lambda.GetFunctionResponse;
import virga.model.lambda.ListFunctionsRequest;
import virga.model.lambda.ListFunctionsResponse;
import virga.model.lambda.ListVersionsByFunctionRequest;
import virga.model.lambda.ListVersionsByFunctionResponse;
import virga.store.KeyRange;
import virga.store.Reading.Entry;

/** What can be asked about functions. */
final class FunctionQueries {
    private static final int PAGE = 50;

    private final String endpoint;

    /** @param endpoint under which packages can be downloaded again */
    FunctionQueries(String endpoint) {
        this.endpoint = endpoint;
    }

    GetFunctionResponse get(Call call, GetFunctionRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        LambdaFunction function = Functions.resolve(work, reference, 1);
        LambdaFunction latest = Functions.latest(work, reference);
        String location = endpoint + "/_virga/lambda/code/" + call.scope().environment() + "/"
                + java.net.URLEncoder.encode(function.code().sha256(), java.nio.charset.StandardCharsets.UTF_8);
        return GetFunctionResponse.builder()
                .configuration(Descriptions.of(function, !reference.qualifier().isEmpty()))
                .code(FunctionCodeLocation.builder()
                        .repositoryType("S3")
                        .location(location)
                        .build())
                .tags(Unset.ifEmpty(latest.tags()))
                .concurrency(
                        latest.reservedConcurrency() < 0
                                ? null
                                : Concurrency.builder()
                                        .reservedConcurrentExecutions(latest.reservedConcurrency())
                                        .build())
                .build();
    }

    FunctionConfiguration configuration(Call call, GetFunctionConfigurationRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        return Descriptions.of(
                Functions.resolve(work, reference, 1), !reference.qualifier().isEmpty());
    }

    /** Functions here have no code signing configuration: what AWS answers of one without, an answer that names the function alone. */
    GetFunctionCodeSigningConfigResponse codeSigning(
            Call call, GetFunctionCodeSigningConfigRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName(), "");
        return GetFunctionCodeSigningConfigResponse.builder()
                .functionName(Functions.latest(work, reference).name())
                .build();
    }

    ListFunctionsResponse list(Call call, ListFunctionsRequest input, UnitOfWork work) {
        boolean all = input.functionVersion().filter("ALL"::equals).isPresent();
        int most = Math.min(input.maxItems().orElse(PAGE), PAGE);
        KeyRange functions = LambdaKeys.FUNCTION.range(call.account(), call.region());
        KeyRange range = input.marker()
                .map(marker -> functions.startingAt(LambdaKeys.function(call.scope(), marker)))
                .orElse(functions);
        List<FunctionConfiguration> shown = new ArrayList<>();
        String next = null;
        for (LambdaFunction function : rows(work, range)) {
            if (shown.size() >= most) {
                next = function.name();
                break;
            }
            shown.add(Descriptions.of(function, all));
            if (all) {
                versions(work, function).forEach(version -> shown.add(Descriptions.of(version, true)));
            }
        }
        return ListFunctionsResponse.builder().functions(shown).nextMarker(next).build();
    }

    ListVersionsByFunctionResponse versions(Call call, ListVersionsByFunctionRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        LambdaFunction latest = Functions.latest(work, reference);
        List<LambdaFunction> all = new ArrayList<>(List.of(latest));
        all.addAll(versions(work, latest));
        int from = input.marker().map(Integer::parseInt).orElse(0);
        int to = Math.min(all.size(), from + Math.min(input.maxItems().orElse(PAGE), PAGE));
        return ListVersionsByFunctionResponse.builder()
                .versions(all.subList(from, to).stream()
                        .map(version -> Descriptions.of(version, true))
                        .toList())
                .nextMarker(to < all.size() ? Integer.toString(to) : null)
                .build();
    }

    private static List<LambdaFunction> versions(UnitOfWork work, LambdaFunction function) {
        return rows(
                work,
                LambdaKeys.VERSION.range(
                        function.scope().account(), function.scope().region(), function.name()));
    }

    private static List<LambdaFunction> rows(UnitOfWork work, KeyRange range) {
        try (Stream<Entry> rows = work.scan(range)) {
            return rows.map(row -> LambdaKeys.FUNCTION_ROW.decode(row.value())).toList();
        }
    }
}
