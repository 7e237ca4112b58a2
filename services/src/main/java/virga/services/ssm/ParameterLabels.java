package virga.services.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.ssm.LabelParameterVersionRequest;
import virga.model.ssm.LabelParameterVersionResult;
import virga.model.ssm.ParameterVersionLabelLimitExceeded;
import virga.model.ssm.ParameterVersionNotFound;
import virga.model.ssm.Ssm;
import virga.model.ssm.UnlabelParameterVersionRequest;
import virga.model.ssm.UnlabelParameterVersionResult;

/** The operations on labels: names for versions, each at one version of its parameter at a time. */
final class ParameterLabels {
    private final SsmLimits limits;

    ParameterLabels(SsmLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Ssm.LABEL_PARAMETER_VERSION, this::labelParameterVersion)
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
        binder.atomic(Ssm.UNLABEL_PARAMETER_VERSION, this::unlabelParameterVersion)
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
    }

    private LabelParameterVersionResult labelParameterVersion(
            Call call, LabelParameterVersionRequest input, UnitOfWork work) {
        ParameterRow parameter = Parameters.get(work, call.scope(), input.name());
        long number = input.parameterVersion().orElse(parameter.latest());
        VersionRow labelled = existing(call, input.name(), number, work);
        List<String> invalid = new ArrayList<>();
        for (String label : input.labels()) {
            if (allowed(label)) {
                labelled = labelled.withLabel(label);
                detach(call, input.name(), label, number, work);
            } else {
                invalid.add(label);
            }
        }
        if (labelled.labels().size() > limits.labels()) {
            throw new ParameterVersionLabelLimitExceeded("A parameter version can have maximum " + limits.labels()
                    + " labels.Move one or more labels to another version and try again.");
        }
        Parameters.put(work, call.scope(), input.name(), labelled);
        return LabelParameterVersionResult.builder()
                .invalidLabels(invalid)
                .parameterVersion(number)
                .build();
    }

    private UnlabelParameterVersionResult unlabelParameterVersion(
            Call call, UnlabelParameterVersionRequest input, UnitOfWork work) {
        Parameters.get(work, call.scope(), input.name());
        VersionRow version = existing(call, input.name(), input.parameterVersion(), work);
        List<String> removed = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String label : input.labels()) {
            (version.labels().contains(label) ? removed : invalid).add(label);
            version = version.withoutLabel(label);
        }
        Parameters.put(work, call.scope(), input.name(), version);
        return UnlabelParameterVersionResult.builder()
                .removedLabels(removed)
                .invalidLabels(invalid)
                .build();
    }

    private static void detach(Call call, String name, String label, long except, UnitOfWork work) {
        for (VersionRow version : Parameters.versions(work, call.scope(), name)) {
            if (version.version() != except && version.labels().contains(label)) {
                Parameters.put(work, call.scope(), name, version.withoutLabel(label));
            }
        }
    }

    private static VersionRow existing(Call call, String name, long number, UnitOfWork work) {
        return Parameters.version(work, call.scope(), name, number)
                .orElseThrow(() -> new ParameterVersionNotFound("Systems Manager could not find version " + number
                        + " of " + name + ". Verify the version and try again."));
    }

    /** Letters, digits and {@code .-_}; not a digit first, nor {@code aws} or {@code ssm}. */
    private static boolean allowed(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        return label.matches("[a-zA-Z._-][a-zA-Z0-9._-]*") && !lower.startsWith("aws") && !lower.startsWith("ssm");
    }
}
