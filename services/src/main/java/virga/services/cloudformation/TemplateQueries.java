package virga.services.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.cloudformation.ChangeSetNotFoundException;
import virga.model.cloudformation.GetStackPolicyInput;
import virga.model.cloudformation.GetStackPolicyOutput;
import virga.model.cloudformation.GetTemplateInput;
import virga.model.cloudformation.GetTemplateOutput;
import virga.model.cloudformation.GetTemplateSummaryInput;
import virga.model.cloudformation.GetTemplateSummaryOutput;
import virga.model.cloudformation.ParameterConstraints;
import virga.model.cloudformation.ParameterDeclaration;
import virga.model.cloudformation.TemplateParameter;
import virga.model.cloudformation.ValidateTemplateInput;
import virga.model.cloudformation.ValidateTemplateOutput;
import virga.services.cloudformation.stack.ResourceTypes;
import virga.services.cloudformation.stack.Revision;
import virga.services.cloudformation.stack.Stacks;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateText;

/** GetTemplate, GetTemplateSummary, ValidateTemplate. */
final class TemplateQueries {
    private final ResourceTypes types;

    TemplateQueries(ResourceTypes types) {
        this.types = types;
    }

    GetTemplateOutput get(Call call, GetTemplateInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        Revision revision = input.changeSetName().isPresent()
                ? stacks.changeSet(work, input.changeSetName().get(), input.stackName())
                        .orElseThrow(() -> new ChangeSetNotFoundException(
                                "ChangeSet [" + input.changeSetName().get() + "] does not exist"))
                        .revision()
                : stacks.get(work, input.stackName().orElse("")).revision();
        boolean processed = input.templateStage().orElse("Original").equals("Processed");
        boolean transformed = !revision.body().isEmpty()
                && !Template.transforms(TemplateText.read(revision.body())).isEmpty();
        return GetTemplateOutput.builder()
                .templateBody(processed && transformed ? revision.processed() : revision.body())
                .stagesAvailable(List.of("Original", "Processed"))
                .build();
    }

    GetTemplateSummaryOutput summary(Call call, GetTemplateSummaryInput input, Exchange exchange) {
        Requests.refuse(input.stackSetName().isPresent(), "GetTemplateSummary/StackSetName");
        String body = input.stackName()
                .map(name -> exchange.read(reading -> new Stacks(call.scope()).get(reading, name))
                        .revision()
                        .body())
                .orElseGet(() -> TemplateSources.require(exchange, call, input.templateBody(), input.templateURL()));
        ObjectNode raw = TemplateText.read(body);
        Template template = processed(call, body, raw);
        GetTemplateSummaryOutput.Builder summary = GetTemplateSummaryOutput.builder()
                .parameters(template.parameters().values().stream()
                        .map(declared -> ParameterDeclaration.builder()
                                .parameterKey(declared.name())
                                .defaultValue(declared.defaultValue().orElse(null))
                                .parameterType(declared.type())
                                .noEcho(declared.noEcho())
                                .description(Unset.ifEmpty(declared.description()))
                                .parameterConstraints(ParameterConstraints.builder()
                                        .allowedValues(Unset.ifEmpty(declared.allowedValues()))
                                        .build())
                                .build())
                        .toList())
                .description(Unset.ifEmpty(template.description()))
                .resourceTypes(List.copyOf(new TreeSet<>(template.resources().values().stream()
                        .map(resource -> resource.type())
                        .toList())))
                .version(raw.path("AWSTemplateFormatVersion").asText(null))
                .metadata(
                        template.metadata().isMissingNode()
                                ? null
                                : template.metadata().toString())
                .declaredTransforms(Template.transforms(raw));
        capabilities(template)
                .ifPresent(
                        reason -> summary.capabilities(template.capabilities()).capabilitiesReason(reason));
        return summary.build();
    }

    private static Optional<String> capabilities(Template template) {
        List<String> iam = template.resources().values().stream()
                .map(resource -> resource.type())
                .filter(type -> type.startsWith("AWS::IAM::"))
                .distinct()
                .sorted()
                .toList();
        return template.capabilities().isEmpty()
                ? Optional.empty()
                : Optional.of("The following resource(s) require capabilities: " + iam);
    }

    /** Parameters without a value take a stand-in: nobody has been asked for them yet. */
    private static Template processed(Call call, String body, ObjectNode raw) {
        return Template.of(Preparation.processed(body, Preparation.standIns(raw), call.region()));
    }

    ValidateTemplateOutput validate(Call call, ValidateTemplateInput input, Exchange exchange) {
        String body = TemplateSources.require(exchange, call, input.templateBody(), input.templateURL());
        ObjectNode raw = TemplateText.read(body);
        Template template = processed(call, body, raw);
        types.check(template);
        ValidateTemplateOutput.Builder output = ValidateTemplateOutput.builder()
                .parameters(template.parameters().values().stream()
                        .map(declared -> TemplateParameter.builder()
                                .parameterKey(declared.name())
                                .defaultValue(declared.defaultValue().orElse(null))
                                .noEcho(declared.noEcho())
                                .description(Unset.ifEmpty(declared.description()))
                                .build())
                        .toList())
                .description(Unset.ifEmpty(template.description()))
                .declaredTransforms(Template.transforms(raw));
        capabilities(template)
                .ifPresent(
                        reason -> output.capabilities(template.capabilities()).capabilitiesReason(reason));
        return output.build();
    }

    /** No stack has a policy, because setting one is not done. */
    GetStackPolicyOutput policy(Call call, GetStackPolicyInput input, UnitOfWork work) {
        new Stacks(call.scope()).get(work, input.stackName());
        return GetStackPolicyOutput.builder().build();
    }
}
