package virga.services.cloudformation.stack;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import virga.cloud.Environment;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.secretsmanager.GetSecretValueRequest;
import virga.model.secretsmanager.SecretsManager;
import virga.model.ssm.GetParameterRequest;
import virga.model.ssm.Parameter;
import virga.model.ssm.Ssm;
import virga.services.cloudformation.template.DynamicReference;
import virga.services.cloudformation.template.ExternalValues;
import virga.services.cloudformation.template.TemplateErrors;

/** What templates ask of the rest of the cloud, asked as the caller. Remembers which exports were imported. */
public final class CloudValues implements ExternalValues {
    private final Environment environment;
    private final Call call;
    private final Set<String> imports = new ConcurrentSkipListSet<>();

    public CloudValues(Environment environment, Call call) {
        this.environment = environment;
        this.call = call;
    }

    Set<String> imports() {
        return imports;
    }

    private Call next() {
        return environment.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("cloudformation"));
    }

    @Override
    public String parameterStore(String templateParameter, String name) {
        try {
            return parameter(name, false);
        } catch (Fault fault) {
            if (!fault.code().equals("ParameterNotFound")) {
                throw fault;
            }
            throw TemplateErrors.validation(
                    "Unable to fetch parameters [" + name + "] from parameter store for this account.");
        }
    }

    private String parameter(String name, boolean decrypt) {
        GetParameterRequest request =
                GetParameterRequest.builder().name(name).withDecryption(decrypt).build();
        return environment
                .call(next(), Ssm.GET_PARAMETER, request)
                .parameter()
                .flatMap(Parameter::value)
                .orElse("");
    }

    @Override
    public String dynamic(DynamicReference reference) {
        return switch (reference.service()) {
            case "ssm", "ssm-secure" ->
                parameter(
                        reference.version().isEmpty() ? reference.name() : reference.name() + ":" + reference.version(),
                        reference.service().equals("ssm-secure"));
            default -> secret(reference);
        };
    }

    private String secret(DynamicReference reference) {
        GetSecretValueRequest.Builder request = GetSecretValueRequest.builder().secretId(reference.name());
        if (!reference.version().isEmpty()) {
            request.versionId(reference.version());
        }
        if (!reference.stage().isEmpty()) {
            request.versionStage(reference.stage());
        }
        String whole = environment
                .call(next(), SecretsManager.GET_SECRET_VALUE, request.build())
                .secretString()
                .orElse("");
        if (reference.key().isEmpty()) {
            return whole;
        }
        var value = StandingResource.parse(whole).path(reference.key());
        if (value.isMissingNode()) {
            throw TemplateErrors.validation("Could not find a value associated with JSONKey in SecretString");
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    @Override
    public String imported(String name) {
        Stacks stacks = new Stacks(call.scope());
        String value = environment
                .read(reading -> stacks.export(reading, name))
                .map(ExportRecord::value)
                .orElseThrow(() -> TemplateErrors.validation("No export named " + name + " found"));
        imports.add(name);
        return value;
    }

    @Override
    public List<String> availabilityZones(String region) {
        return List.of(region + "a", region + "b", region + "c");
    }
}
