package virga.services.ssm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Binder;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.ssm.GetParameterHistoryRequest;
import virga.model.ssm.GetParameterHistoryResult;
import virga.model.ssm.GetParameterRequest;
import virga.model.ssm.GetParameterResult;
import virga.model.ssm.GetParametersByPathRequest;
import virga.model.ssm.GetParametersByPathResult;
import virga.model.ssm.GetParametersRequest;
import virga.model.ssm.GetParametersResult;
import virga.model.ssm.Parameter;
import virga.model.ssm.ParameterHistory;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.ParameterVersionNotFound;
import virga.model.ssm.Ssm;

/** The operations that answer values. */
final class ReadParameters {
    private static final int PATH_PAGE = 10;
    private static final int HISTORY_PAGE = 50;

    void bind(Binder binder) {
        binder.atomic(Ssm.GET_PARAMETER, this::getParameter)
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
        binder.atomic(Ssm.GET_PARAMETERS, this::getParameters)
                .resources((call, input) -> input.names().stream()
                        .map(name -> ParameterName.named(call, name))
                        .toList());
        binder.atomic(Ssm.GET_PARAMETERS_BY_PATH, this::getParametersByPath)
                .resources((call, input) -> List.of(ParameterName.named(call, input.path())));
        binder.atomic(Ssm.GET_PARAMETER_HISTORY, this::getParameterHistory)
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
    }

    private GetParameterResult getParameter(Call call, GetParameterRequest input, UnitOfWork work) {
        ParameterName name = ParameterName.read(call, input.name());
        VersionRow version = Parameters.selected(work, call, name);
        return GetParameterResult.builder()
                .parameter(shown(call, name, version, input.withDecryption().orElse(false)))
                .build();
    }

    private GetParametersResult getParameters(Call call, GetParametersRequest input, UnitOfWork work) {
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String written : new LinkedHashSet<>(input.names())) {
            ParameterName name = ParameterName.read(call, written);
            try {
                VersionRow version = Parameters.selected(work, call, name);
                found.add(shown(call, name, version, input.withDecryption().orElse(false)));
            } catch (ParameterNotFound | ParameterVersionNotFound missing) {
                invalid.add(written);
            }
        }
        return GetParametersResult.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    private GetParametersByPathResult getParametersByPath(
            Call call, GetParametersByPathRequest input, UnitOfWork work) {
        String path = input.path();
        if (!path.matches("/|(/[a-zA-Z0-9_.-]+)+/?")) {
            throw Faults.validation(
                    "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a"
                            + " forward slash \"/\". It can't be prefixed with \\\"aws\\\" or \\\"ssm\\\" (case-insensitive). It must use only"
                            + " letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are"
                            + " not allowed. All sub-paths, if specified, must use the forward slash symbol \"/\". Valid example:"
                            + " /get/parameters2-/by1./path0_.");
        }
        ParameterFilters filters = ParameterFilters.ofPath(input.parameterFilters());
        boolean recursive = input.recursive().orElse(false);
        int size = input.maxResults().orElse(PATH_PAGE);
        List<Parameter> found = new ArrayList<>();
        Optional<String> after = NextToken.read(input.nextToken());
        String next = "";
        try (Stream<ParameterRow> rows = Parameters.all(work, call.scope(), after)) {
            for (ParameterRow row : (Iterable<ParameterRow>) rows::iterator) {
                if (!ParameterFilters.under(row.name(), path, recursive)) {
                    continue;
                }
                VersionRow version = Parameters.latest(work, call.scope(), row);
                Optional<VersionRow> wanted = filters.select(work, call.scope(), row, version);
                if (wanted.isEmpty()) {
                    continue;
                }
                if (found.size() == size) {
                    next = NextToken.after(found.getLast().name().orElse(""));
                    break;
                }
                ParameterName name = new ParameterName(row.name(), "");
                found.add(shown(call, name, wanted.get(), input.withDecryption().orElse(false)));
            }
        }
        return GetParametersByPathResult.builder()
                .parameters(found)
                .nextToken(Unset.ifEmpty(next))
                .build();
    }

    private GetParameterHistoryResult getParameterHistory(
            Call call, GetParameterHistoryRequest input, UnitOfWork work) {
        String name = ParameterName.read(call, input.name()).name();
        Parameters.get(work, call.scope(), name);
        long after = NextToken.read(input.nextToken()).map(Long::parseLong).orElse(0L);
        int size = input.maxResults().orElse(HISTORY_PAGE);
        List<VersionRow> versions = Parameters.versions(work, call.scope(), name).stream()
                .filter(version -> version.version() > after)
                .toList();
        List<VersionRow> page = versions.subList(0, Math.min(size, versions.size()));
        boolean decrypted = input.withDecryption().orElse(false);
        return GetParameterHistoryResult.builder()
                .parameters(page.stream()
                        .map(version -> history(name, version, decrypted))
                        .toList())
                .nextToken(
                        page.size() < versions.size()
                                ? NextToken.after(Long.toString(page.getLast().version()))
                                : null)
                .build();
    }

    private static Parameter shown(Call call, ParameterName name, VersionRow version, boolean decrypted) {
        return Parameter.builder()
                .name(name.name())
                .type(version.type())
                .value(version.shown(decrypted))
                .version(version.version())
                .selector(Unset.ifEmpty(name.selector()))
                .lastModifiedDate(version.modifiedAt())
                .arn(ParameterName.arn(call, name.name()))
                .dataType(version.traits().dataType())
                .build();
    }

    private static ParameterHistory history(String name, VersionRow version, boolean decrypted) {
        return ParameterHistory.builder()
                .name(name)
                .type(version.type())
                .keyId(Unset.ifEmpty(version.traits().keyId()))
                .lastModifiedDate(version.modifiedAt())
                .lastModifiedUser(version.modifiedBy())
                .description(Unset.ifEmpty(version.traits().description()))
                .value(version.shown(decrypted))
                .allowedPattern(Unset.ifEmpty(version.traits().allowedPattern()))
                .version(version.version())
                .labels(List.copyOf(version.labels()))
                .tier(version.traits().tier())
                .policies(List.of())
                .dataType(version.traits().dataType())
                .build();
    }
}
