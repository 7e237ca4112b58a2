package virga.services.lambda;

import java.util.stream.Stream;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.lambda.AccountLimit;
import virga.model.lambda.AccountUsage;
import virga.model.lambda.Concurrency;
import virga.model.lambda.DeleteFunctionConcurrencyRequest;
import virga.model.lambda.GetAccountSettingsRequest;
import virga.model.lambda.GetAccountSettingsResponse;
import virga.model.lambda.GetFunctionConcurrencyRequest;
import virga.model.lambda.GetFunctionConcurrencyResponse;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.lambda.PutFunctionConcurrencyRequest;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** Reserved concurrency. Source: "Configuring reserved concurrency for a function", AWS Lambda Developer Guide. */
final class Concurrencies {
    /** What an account must keep for the functions that reserve nothing. */
    private static final int UNRESERVED_MINIMUM = 100;

    private static final long CODE_LIMIT = 75L * 1024 * 1024 * 1024;

    Concurrency put(Call call, PutFunctionConcurrencyRequest input, Exchange exchange) {
        int account = exchange.settings().accountConcurrency();
        return exchange.transact(work -> {
            LambdaFunction function = Functions.latest(work, FunctionReference.parse(call, input.functionName()));
            int wanted = input.reservedConcurrentExecutions();
            int others = reserved(call, work) - Math.max(0, function.reservedConcurrency());
            if (account - others - wanted < Math.min(UNRESERVED_MINIMUM, account)) {
                throw new InvalidParameterValueException(
                        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of ["
                                + UNRESERVED_MINIMUM + "].");
            }
            FunctionChanges.keep(work, function.withReservedConcurrency(wanted));
            return Concurrency.builder().reservedConcurrentExecutions(wanted).build();
        });
    }

    private static int reserved(Call call, Reading reading) {
        try (Stream<Entry> rows = reading.scan(LambdaKeys.FUNCTION.range(call.account(), call.region()))) {
            return rows.map(row -> LambdaKeys.FUNCTION_ROW.decode(row.value()))
                    .mapToInt(function -> Math.max(0, function.reservedConcurrency()))
                    .sum();
        }
    }

    GetFunctionConcurrencyResponse get(Call call, GetFunctionConcurrencyRequest input, UnitOfWork work) {
        LambdaFunction function = Functions.latest(work, FunctionReference.parse(call, input.functionName()));
        return GetFunctionConcurrencyResponse.builder()
                .reservedConcurrentExecutions(
                        function.reservedConcurrency() < 0 ? null : function.reservedConcurrency())
                .build();
    }

    void delete(Call call, DeleteFunctionConcurrencyRequest input, UnitOfWork work) {
        LambdaFunction function = Functions.latest(work, FunctionReference.parse(call, input.functionName()));
        FunctionChanges.keep(work, function.withReservedConcurrency(-1));
    }

    GetAccountSettingsResponse account(Call call, GetAccountSettingsRequest input, Exchange exchange) {
        int account = exchange.settings().accountConcurrency();
        return exchange.read(reading -> {
            long functions;
            long size;
            try (Stream<Entry> rows = reading.scan(LambdaKeys.FUNCTION.range(call.account(), call.region()))) {
                var all = rows.map(row -> LambdaKeys.FUNCTION_ROW.decode(row.value()))
                        .toList();
                functions = all.size();
                size = all.stream()
                        .mapToLong(function -> function.code().size())
                        .sum();
            }
            return GetAccountSettingsResponse.builder()
                    .accountLimit(AccountLimit.builder()
                            .concurrentExecutions(account)
                            .unreservedConcurrentExecutions(account - reserved(call, reading))
                            .totalCodeSize(CODE_LIMIT)
                            .codeSizeUnzipped(250L * 1024 * 1024)
                            .codeSizeZipped(50L * 1024 * 1024)
                            .build())
                    .accountUsage(AccountUsage.builder()
                            .functionCount(functions)
                            .totalCodeSize(size)
                            .build())
                    .build();
        });
    }
}
