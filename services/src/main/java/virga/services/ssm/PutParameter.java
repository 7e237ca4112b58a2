package virga.services.ssm;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import virga.cloud.Atomic;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.ssm.InvalidAllowedPatternException;
import virga.model.ssm.ParameterAlreadyExists;
import virga.model.ssm.ParameterLimitExceeded;
import virga.model.ssm.ParameterMaxVersionLimitExceeded;
import virga.model.ssm.ParameterPatternMismatchException;
import virga.model.ssm.PutParameterRequest;
import virga.model.ssm.PutParameterResult;

/**
 * Makes a parameter or a new version of one.
 *
 * <p>Source: "PutParameter", AWS Systems Manager API Reference; "Managing parameter tiers", AWS Systems Manager User Guide.
 */
final class PutParameter implements Atomic<PutParameterRequest, PutParameterResult> {
    private static final String DEFAULT_KEY = "alias/aws/ssm";

    private final SsmLimits limits;

    PutParameter(SsmLimits limits) {
        this.limits = limits;
    }

    @Override
    public PutParameterResult handle(Call call, PutParameterRequest input, UnitOfWork work) {
        if (input.policies().isPresent()) {
            throw Fault.unsupported("ssm:PutParameter/Policies");
        }
        String name = ParameterName.checked(call, input.name(), limits.levels());
        Optional<ParameterRow> before = Parameters.find(work, call.scope(), name);
        boolean overwrite = input.overwrite().orElse(false);
        if (overwrite && !input.tags().isEmpty()) {
            throw Faults.validation(
                    "Invalid request: tags and overwrite can't be used together. To create a parameter with tags,"
                            + " please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or"
                            + " RemoveTagsFromResource.");
        }
        if (before.isPresent() && !overwrite) {
            throw new ParameterAlreadyExists(
                    "The parameter already exists. To overwrite this value, set the overwrite option in the"
                            + " request to true.");
        }
        Optional<VersionRow> previous = before.map(row -> Parameters.latest(work, call.scope(), row));
        String type = input.type()
                .or(() -> previous.map(VersionRow::type))
                .orElseThrow(() -> Faults.validation("A parameter type is required when you create a parameter."));
        checkPattern(input);
        boolean advanced = advanced(input, before);
        before.ifPresentOrElse(row -> makeRoom(work, call, row), () -> checkCount(work, call, advanced));
        long number = before.map(row -> row.latest() + 1).orElse(1L);
        SortedMap<String, String> tags = before.map(ParameterRow::tags).orElseGet(TreeMap::new);
        long oldest = before.map(row -> Math.max(row.oldest(), number - limits.versions() + 1))
                .orElse(1L);
        Parameters.put(
                work,
                call.scope(),
                new ParameterRow(name, number, oldest, advanced, ParameterTags.add(tags, input.tags(), limits.tags())));
        boolean secure = type.equals(VersionRow.SECURE);
        VersionRow.Traits traits = new VersionRow.Traits(
                input.description().orElse(""),
                input.allowedPattern().orElse(""),
                secure ? input.keyId().orElse(DEFAULT_KEY) : "",
                dataType(input, previous),
                advanced ? "Advanced" : "Standard");
        Parameters.put(
                work,
                call.scope(),
                name,
                new VersionRow(
                        number,
                        type,
                        input.value(),
                        secure ? sealed(work, input.value()) : "",
                        traits,
                        work.now(),
                        call.principal().arn(),
                        new TreeSet<>()));
        return PutParameterResult.builder()
                .version(number)
                .tier(advanced ? "Advanced" : "Standard")
                .build();
    }

    /** Looks like a ciphertext of the value: as long as one, and different each time. */
    private static String sealed(UnitOfWork work, String value) {
        return Bytes.ofUtf8(work.ids().alphanumeric(140 + value.length())).base64();
    }

    private boolean advanced(PutParameterRequest input, Optional<ParameterRow> before) {
        boolean was = before.map(ParameterRow::advanced).orElse(false);
        int length = input.value().length();
        String tier = input.tier().orElse(was ? "Advanced" : "Standard");
        if (tier.equals("Standard") && was) {
            throw Faults.validation(
                    "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the"
                            + " advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and"
                            + " recreate it as a standard parameter.");
        }
        boolean advanced = was
                || tier.equals("Advanced")
                || tier.equals("Intelligent-Tiering") && length > limits.standardLength();
        if (!advanced && length > limits.standardLength()) {
            throw Faults.validation(
                    "Standard tier parameters support a maximum parameter value of " + limits.standardLength()
                            + " characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For"
                            + " more information, see"
                            + " https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
        }
        if (length > limits.advancedLength()) {
            throw Faults.validation("Advanced tier parameters support a maximum parameter value of "
                    + limits.advancedLength() + " characters.");
        }
        return advanced;
    }

    private void checkCount(UnitOfWork work, Call call, boolean advanced) {
        try (Stream<ParameterRow> all = Parameters.all(work, call.scope(), Optional.empty())) {
            int most = advanced ? limits.advancedParameters() : limits.standardParameters();
            if (all.filter(row -> row.advanced() == advanced).count() >= most) {
                throw new ParameterLimitExceeded(
                        "You have reached the maximum number of parameters for this AWS account.");
            }
        }
    }

    /** The oldest version goes when there are too many, unless it has a label. */
    private void makeRoom(UnitOfWork work, Call call, ParameterRow row) {
        if (row.latest() - row.oldest() + 1 < limits.versions()) {
            return;
        }
        Parameters.version(work, call.scope(), row.name(), row.oldest()).ifPresent(oldest -> {
            if (!oldest.labels().isEmpty()) {
                throw new ParameterMaxVersionLimitExceeded("You attempted to create a new version of " + row.name()
                        + " by calling the PutParameter API with the overwrite flag. Version " + oldest.version()
                        + ", the oldest version, can't be deleted because it has a label associated with it. Move the label to"
                        + " another version of the parameter, and try again.");
            }
            Parameters.removeVersion(work, call.scope(), row.name(), oldest.version());
        });
    }

    private static void checkPattern(PutParameterRequest input) {
        String pattern = input.allowedPattern().orElse("");
        if (pattern.isEmpty()) {
            return;
        }
        try {
            if (!Pattern.compile(pattern).matcher(input.value()).find()) {
                throw new ParameterPatternMismatchException(
                        "Parameter value, cannot be validated against allowedPattern: " + pattern);
            }
        } catch (PatternSyntaxException e) {
            throw new InvalidAllowedPatternException(
                    "The allowed pattern is not a valid regular expression: " + pattern);
        }
    }

    private static String dataType(PutParameterRequest input, Optional<VersionRow> previous) {
        String dataType = input.dataType()
                .or(() -> previous.map(version -> version.traits().dataType()))
                .orElse("text");
        return switch (dataType) {
            case "text" -> dataType;
            case "aws:ec2:image", "aws:ssm:integration" ->
                throw Fault.unsupported("ssm:PutParameter/DataType " + dataType);
            default ->
                throw Faults.validation("The following data type is not supported: " + dataType
                        + " (Data type names are all lowercase.)");
        };
    }
}
