package virga.services.ssm;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.model.ssm.AddTagsToResourceRequest;
import virga.model.ssm.DeleteParameterRequest;
import virga.model.ssm.ListTagsForResourceRequest;
import virga.model.ssm.ParameterAlreadyExists;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.PutParameterRequest;
import virga.model.ssm.RemoveTagsFromResourceRequest;
import virga.model.ssm.Ssm;
import virga.model.ssm.Tag;

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
        try {
            request.call(
                    Ssm.PUT_PARAMETER,
                    parameter(request, name).tags(list(tags(request))).build());
        } catch (ParameterAlreadyExists exists) {
            if (!madeHere(request, name)) {
                throw exists;
            }
        }
        return provisioned(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String name = current.physicalId();
        request.call(Ssm.PUT_PARAMETER, parameter(request, name).overwrite(true).build());
        SortedMap<String, String> wanted = tags(request);
        List<String> gone = kept(request, name).keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .toList();
        if (!gone.isEmpty()) {
            request.call(
                    Ssm.REMOVE_TAGS_FROM_RESOURCE,
                    RemoveTagsFromResourceRequest.builder()
                            .resourceType("Parameter")
                            .resourceId(name)
                            .tagKeys(gone)
                            .build());
        }
        request.call(
                Ssm.ADD_TAGS_TO_RESOURCE,
                AddTagsToResourceRequest.builder()
                        .resourceType("Parameter")
                        .resourceId(name)
                        .tags(list(wanted))
                        .build());
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
        return PutParameterRequest.builder()
                .name(name)
                .type(type)
                .value(request.properties().text("Value", ""))
                .description(orNone(request, "Description"))
                .allowedPattern(orNone(request, "AllowedPattern"))
                .dataType(orNone(request, "DataType"))
                .tier(orNone(request, "Tier"));
    }

    private static String orNone(Provisioning request, String property) {
        return ParameterFilters.orNone(request.properties().text(property, ""));
    }

    /** Unlike elsewhere, the template has the tags as an object. */
    private static SortedMap<String, String> tags(Provisioning request) {
        return request.tagsWith(request.properties().map("Tags"));
    }

    private static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static SortedMap<String, String> kept(Provisioning request, String name) {
        SortedMap<String, String> kept = new TreeMap<>();
        request.call(
                        Ssm.LIST_TAGS_FOR_RESOURCE,
                        ListTagsForResourceRequest.builder()
                                .resourceType("Parameter")
                                .resourceId(name)
                                .build())
                .tagList()
                .forEach(tag -> kept.put(tag.key(), tag.value()));
        return kept;
    }

    /** Whether an earlier attempt at this very step made it. */
    private static boolean madeHere(Provisioning request, String name) {
        return request.madeHere(kept(request, name));
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
