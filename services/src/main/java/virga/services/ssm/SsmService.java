package virga.services.ssm;

import java.util.ArrayList;
import java.util.List;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.ssm.DeleteParameterRequest;
import virga.model.ssm.DeleteParameterResult;
import virga.model.ssm.DeleteParametersRequest;
import virga.model.ssm.DeleteParametersResult;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.Ssm;

/** AWS Systems Manager, as far as it is a Parameter Store. */
public final class SsmService implements Service {
    private final SsmLimits limits;

    public SsmService() {
        this(SsmLimits.AWS);
    }

    public SsmService(SsmLimits limits) {
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return Ssm.MODEL;
    }

    @Override
    public void bind(Binder binder) {
        binder.atomic(Ssm.PUT_PARAMETER, new PutParameter(limits))
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
        binder.atomic(Ssm.DESCRIBE_PARAMETERS, new DescribeParameters());
        binder.atomic(Ssm.DELETE_PARAMETER, SsmService::deleteParameter)
                .resources((call, input) -> List.of(ParameterName.named(call, input.name())));
        binder.atomic(Ssm.DELETE_PARAMETERS, SsmService::deleteParameters)
                .resources((call, input) -> input.names().stream()
                        .map(name -> ParameterName.named(call, name))
                        .toList());
        new ReadParameters().bind(binder);
        binder.provisioner(new ParameterProvisioner());
        new ParameterLabels(limits).bind(binder);
        new ParameterTags(limits).bind(binder);
    }

    private static DeleteParameterResult deleteParameter(Call call, DeleteParameterRequest input, UnitOfWork work) {
        if (!Parameters.remove(
                work, call.scope(), ParameterName.read(call, input.name()).name())) {
            throw new ParameterNotFound("");
        }
        return DeleteParameterResult.builder().build();
    }

    private static DeleteParametersResult deleteParameters(Call call, DeleteParametersRequest input, UnitOfWork work) {
        List<String> deleted = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : input.names()) {
            (Parameters.remove(
                                    work,
                                    call.scope(),
                                    ParameterName.read(call, name).name())
                            ? deleted
                            : invalid)
                    .add(name);
        }
        return DeleteParametersResult.builder()
                .deletedParameters(deleted)
                .invalidParameters(invalid)
                .build();
    }
}
