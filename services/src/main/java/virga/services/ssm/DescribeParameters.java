package virga.services.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Atomic;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.ssm.DescribeParametersRequest;
import virga.model.ssm.DescribeParametersResult;
import virga.model.ssm.ParameterMetadata;

/** Lists parameters without their values. */
final class DescribeParameters implements Atomic<DescribeParametersRequest, DescribeParametersResult> {
    private static final int PAGE = 50;

    @Override
    public DescribeParametersResult handle(Call call, DescribeParametersRequest input, UnitOfWork work) {
        if (input.shared().orElse(false)) {
            throw Fault.unsupported("ssm:DescribeParameters/Shared");
        }
        if (!input.filters().isEmpty() && !input.parameterFilters().isEmpty()) {
            throw Faults.validation("You can use either Filters or ParameterFilters in a single request.");
        }
        ParameterFilters filters = ParameterFilters.of(input.parameterFilters(), input.filters());
        int size = input.maxResults().orElse(PAGE);
        Optional<String> after = NextToken.read(input.nextToken());
        List<ParameterMetadata> found = new ArrayList<>();
        String next = "";
        try (Stream<ParameterRow> rows = Parameters.all(work, call.scope(), after)) {
            for (ParameterRow row : (Iterable<ParameterRow>) rows::iterator) {
                VersionRow version = Parameters.latest(work, call.scope(), row);
                if (filters.select(work, call.scope(), row, version).isEmpty()) {
                    continue;
                }
                if (found.size() == size) {
                    next = NextToken.after(found.getLast().name().orElse(""));
                    break;
                }
                found.add(shown(call, row, version));
            }
        }
        return DescribeParametersResult.builder()
                .parameters(found)
                .nextToken(Unset.ifEmpty(next))
                .build();
    }

    private static ParameterMetadata shown(Call call, ParameterRow row, VersionRow version) {
        return ParameterMetadata.builder()
                .name(row.name())
                .arn(ParameterName.arn(call, row.name()))
                .type(version.type())
                .keyId(Unset.ifEmpty(version.traits().keyId()))
                .lastModifiedDate(version.modifiedAt())
                .lastModifiedUser(version.modifiedBy())
                .description(Unset.ifEmpty(version.traits().description()))
                .allowedPattern(Unset.ifEmpty(version.traits().allowedPattern()))
                .version(version.version())
                .tier(row.tier())
                .policies(List.of())
                .dataType(version.traits().dataType())
                .build();
    }
}
