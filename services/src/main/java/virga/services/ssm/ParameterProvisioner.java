package virga.services.ssm;

import java.util.Map;
import java.util.SortedMap;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.kernel.Fault;
import virga.model.ssm.AddTagsToResourceRequest;
import virga.model.ssm.DeleteParameterRequest;
import virga.model.ssm.ListTagsForResourceRequest;
import virga.model.ssm.ParameterAlreadyExists;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.PutParameterRequest;
import virga.model.ssm.RemoveTagsFromResourceRequest;
import virga.model.ssm.Ssm;

/**
 * {@code AWS::SSM::Parameter}. CloudFormation makes no secure strings. Source: its page in the CloudFormation Template Reference.
 */
final class ParameterProvisioner implements Provisioner {
    private static final int SUFFIX = 12;

    @Override
    public String type() {
        return "AWS::SSM::Parameter";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .requiring("Type", "Value")
                .replacing("Name")
                .inPlace("AllowedPattern", "DataType", "Description", "Tags/**", "Tier", "Type", "Value")
                .unsupported("Policies");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String generated = request.generatedName(64);
        String name = request.properties()
                .text("Name", "CFN-" + request.logicalId() + "-" + generated.substring(generated.length() - SUFFIX));
        request.callUnlessMade(
                ParameterAlreadyExists.class,
                Ssm.PUT_PARAMETER,
                parameter(request, name).tags(ParameterTags.list(tags(request))).build(),
                () -> kept(request, name));
        return provisioned(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String name = current.physicalId();
        request.call(Ssm.PUT_PARAMETER, parameter(request, name).overwrite(true).build());
        Retagging.change(
                kept(request, name).keySet(),
                tags(request),
                gone -> request.call(
                        Ssm.REMOVE_TAGS_FROM_RESOURCE,
                        RemoveTagsFromResourceRequest.builder()
                                .resourceType("Parameter")
                                .resourceId(name)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        Ssm.ADD_TAGS_TO_RESOURCE,
                        AddTagsToResourceRequest.builder()
                                .resourceType("Parameter")
                                .resourceId(name)
                                .tags(ParameterTags.list(wanted))
                                .build()));
        return provisioned(request, name);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ParameterNotFound.class,
                Ssm.DELETE_PARAMETER,
                DeleteParameterRequest.builder().name(current.physicalId()).build());
    }

    private static PutParameterRequest.Builder parameter(Provisioning request, String name) {
        String type = request.properties().text("Type", "");
        if (!type.equals("String") && !type.equals("StringList")) {
            throw new Fault(
                    "ValidationException", 400, "Parameters of type " + type + " are not supported by CloudFormation.");
        }
        return request.properties().as(Ssm.PUT_PARAMETER).toBuilder().name(name);
    }

    /** Unlike elsewhere, the template has the tags as an object. */
    private static SortedMap<String, String> tags(Provisioning request) {
        return request.tagsWith(request.properties().map("Tags"));
    }

    private static SortedMap<String, String> kept(Provisioning request, String name) {
        return ParameterTags.map(request.call(
                        Ssm.LIST_TAGS_FOR_RESOURCE,
                        ListTagsForResourceRequest.builder()
                                .resourceType("Parameter")
                                .resourceId(name)
                                .build())
                .tagList());
    }

    private static Provisioned provisioned(Provisioning request, String name) {
        return new Provisioned(
                name,
                Map.of(
                        "Type",
                        request.properties().text("Type", ""),
                        "Value",
                        request.properties().text("Value", "")));
    }
}
