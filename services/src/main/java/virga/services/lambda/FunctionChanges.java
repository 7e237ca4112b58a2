package virga.services.lambda;

import java.util.Optional;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.function.FunctionEngine;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.DeleteFunctionRequest;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.lambda.PreconditionFailedException;
import virga.model.lambda.PublishVersionRequest;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.UpdateFunctionCodeRequest;
import virga.model.lambda.UpdateFunctionConfigurationRequest;
import virga.services.lambda.Configuration.Running;

/** CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration, PublishVersion and DeleteFunction. */
final class FunctionChanges {
    private final FunctionEngine engine;
    private final Configuring configuring;
    private final Packages packages;

    FunctionChanges(FunctionEngine engine, LambdaLimits limits) {
        this.engine = engine;
        this.configuring = new Configuring(limits);
        this.packages = new Packages(limits);
    }

    FunctionConfiguration create(Call call, CreateFunctionRequest input, Exchange exchange) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        requireAbsent(exchange.read(reading -> Functions.find(reading, reference)));
        Configuration configuration = configuring.of(input);
        configuration.layers().forEach(arn -> exchange.read(reading -> Functions.layer(reading, arn)));
        Bytes zip = packages.fetch(call, exchange, source(input.code()));
        LambdaFunction created = exchange.transact(work -> {
            requireAbsent(Functions.find(work, reference));
            LambdaFunction function = new LambdaFunction(
                    reference.name(),
                    reference.scope(),
                    configuration,
                    CodeStore.keep(work, zip),
                    LambdaFunction.LATEST,
                    work.ids().uuid(),
                    work.now(),
                    -1,
                    input.tags(),
                    0);
            keep(work, function);
            return function;
        });
        try {
            requireRunnable(exchange, created);
        } catch (InvalidParameterValueException refused) {
            exchange.transact(work -> {
                work.delete(LambdaKeys.function(created.scope(), created.name()));
                return null;
            });
            throw refused;
        }
        if (input.publish().orElse(false)) {
            return exchange.transact(work -> Descriptions.of(publish(work, created, ""), true));
        }
        return Descriptions.of(created, false);
    }

    private static void requireAbsent(Optional<LambdaFunction> found) {
        found.ifPresent(function -> {
            throw new ResourceConflictException("Function already exist: " + function.name());
        });
    }

    /** Says at deployment what would fail at the first event. */
    private void requireRunnable(Exchange exchange, LambdaFunction function) {
        var version = Functions.forEngine(exchange, function, function.reservedConcurrency());
        String refusal = engine.refusal(version);
        if (!refusal.isEmpty()) {
            throw new InvalidParameterValueException("This machine can not run the function: " + refusal);
        }
        engine.warnings(version).forEach(warning -> exchange.detail("warning", warning));
    }

    private static Packages.Source source(FunctionCode code) {
        if (code.imageUri().isPresent()) {
            throw virga.kernel.Fault.unsupported("AWS::Lambda::Function/Code/ImageUri");
        }
        return new Packages.Source(
                code.zipFile(),
                code.s3Bucket().orElse(""),
                code.s3Key().orElse(""),
                code.s3ObjectVersion().orElse(""));
    }

    FunctionConfiguration updateCode(Call call, UpdateFunctionCodeRequest input, Exchange exchange) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        LambdaFunction before = exchange.read(reading -> Functions.latest(reading, reference));
        requireRevision(before, input.revisionId());
        Bytes zip = packages.fetch(
                call,
                exchange,
                new Packages.Source(
                        input.zipFile(),
                        input.s3Bucket().orElse(""),
                        input.s3Key().orElse(""),
                        input.s3ObjectVersion().orElse("")));
        boolean dryRun = input.dryRun().orElse(false);
        LambdaFunction changed = exchange.transact(work -> {
            LambdaFunction now = withArchitecture(Functions.latest(work, reference), input)
                    .with(CodeStore.keep(work, zip), work.ids().uuid(), work.now());
            if (!dryRun) {
                keep(work, now);
            }
            return now;
        });
        if (dryRun) {
            return Descriptions.of(changed, false);
        }
        try {
            requireRunnable(exchange, changed);
        } catch (InvalidParameterValueException refused) {
            exchange.transact(work -> {
                keep(work, before);
                return null;
            });
            throw refused;
        }
        engine.retire(changed.arn());
        if (input.publish().orElse(false)) {
            return exchange.transact(work -> Descriptions.of(publish(work, changed, ""), true));
        }
        return Descriptions.of(changed, false);
    }

    private static LambdaFunction withArchitecture(LambdaFunction function, UpdateFunctionCodeRequest input) {
        Configuration before = function.configuration();
        Running running = before.running();
        Running changed = new Running(
                running.runtime(),
                running.handler(),
                Configuring.architecture(input.architectures(), running.architecture()),
                running.timeoutSeconds(),
                running.memoryMegabytes(),
                running.temporaryMegabytes());
        return function.with(
                new Configuration(
                        changed,
                        before.roleArn(),
                        before.description(),
                        before.environment(),
                        before.layers(),
                        before.activeTracing(),
                        before.deadLetterArn(),
                        before.logging()),
                function.revision(),
                function.modifiedAt());
    }

    FunctionConfiguration updateConfiguration(Call call, UpdateFunctionConfigurationRequest input, Exchange exchange) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        LambdaFunction changed = exchange.transact(work -> {
            LambdaFunction before = Functions.latest(work, reference);
            requireRevision(before, input.revisionId());
            Configuration configuration = configuring.changed(before, input);
            configuration.layers().forEach(arn -> Functions.layer(work, arn));
            LambdaFunction now = before.with(configuration, work.ids().uuid(), work.now());
            keep(work, now);
            return now;
        });
        engine.retire(changed.arn());
        return Descriptions.of(changed, false);
    }

    private static void requireRevision(LambdaFunction function, Optional<String> expected) {
        if (expected.isPresent() && !expected.get().equals(function.revision())) {
            throw new PreconditionFailedException(
                    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        }
    }

    FunctionConfiguration publish(Call call, PublishVersionRequest input, UnitOfWork work) {
        FunctionReference reference = FunctionReference.parse(call, input.functionName());
        LambdaFunction latest = Functions.latest(work, reference);
        requireRevision(latest, input.revisionId());
        input.codeSha256().ifPresent(expected -> {
            if (!expected.equals(latest.code().sha256())) {
                throw new InvalidParameterValueException(
                        "CodeSHA256 (" + expected + ") is different from current CodeSHA256 in $LATEST ("
                                + latest.code().sha256() + "). Please try again with the CodeSHA256 in $LATEST.");
            }
        });
        return Descriptions.of(publish(work, latest, input.description().orElse("")), true);
    }

    /** Nothing changed since the last version: that one is the answer, as on AWS. */
    private static LambdaFunction publish(UnitOfWork work, LambdaFunction latest, String description) {
        if (latest.published() > 0) {
            Optional<LambdaFunction> last = work.get(versionKey(latest, latest.published()), LambdaKeys.FUNCTION_ROW);
            if (last.isPresent()
                    && last.get().code().equals(latest.code())
                    && last.get()
                            .configuration()
                            .equals(latest.asVersion(
                                            0, last.get().configuration().description(), "")
                                    .configuration())) {
                return last.get();
            }
        }
        long number = latest.published() + 1;
        LambdaFunction version =
                latest.asVersion(number, description, work.ids().uuid());
        work.put(versionKey(latest, number), version, LambdaKeys.FUNCTION_ROW);
        keep(work, latest.withPublished(number));
        return version;
    }

    private static virga.store.Key versionKey(LambdaFunction function, long number) {
        return LambdaKeys.VERSION.key(
                function.scope().account(), function.scope().region(), function.name(), number);
    }

    void delete(Call call, DeleteFunctionRequest input, Exchange exchange) {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        LambdaFunction deleted = exchange.transact(work -> {
            LambdaFunction function = Functions.latest(work, reference);
            String account = function.scope().account();
            String region = function.scope().region();
            if (!reference.qualifier().isEmpty()) {
                deleteVersion(work, function, reference.qualifier());
                return function;
            }
            work.delete(LambdaKeys.function(function.scope(), function.name()));
            work.delete(LambdaKeys.VERSION.range(account, region, function.name()));
            work.delete(LambdaKeys.ALIAS.range(account, region, function.name()));
            work.delete(LambdaKeys.POLICY.range(account, region, function.name()));
            work.delete(LambdaKeys.INVOKE_CONFIG.range(account, region, function.name()));
            return function;
        });
        engine.retire(deleted.arn());
    }

    private static void deleteVersion(UnitOfWork work, LambdaFunction function, String qualifier) {
        if (!qualifier.matches("\\d+")) {
            throw new InvalidParameterValueException(
                    "$LATEST version cannot be deleted without deleting the function.");
        }
        try (var aliases = work.scan(LambdaKeys.ALIAS.range(
                function.scope().account(), function.scope().region(), function.name()))) {
            aliases.map(row -> LambdaKeys.ALIAS_ROW.decode(row.value()))
                    .filter(alias ->
                            alias.version().equals(qualifier) || alias.weights().containsKey(qualifier))
                    .findFirst()
                    .ifPresent(alias -> {
                        throw new ResourceConflictException(
                                "The version " + qualifier + " is referenced by the alias " + alias.name() + ".");
                    });
        }
        work.delete(versionKey(function, Long.parseLong(qualifier)));
    }

    static void keep(UnitOfWork work, LambdaFunction function) {
        work.put(LambdaKeys.function(function.scope(), function.name()), function, LambdaKeys.FUNCTION_ROW);
    }
}
