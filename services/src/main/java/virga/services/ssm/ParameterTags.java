package virga.services.ssm;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.ssm.AddTagsToResourceRequest;
import virga.model.ssm.AddTagsToResourceResult;
import virga.model.ssm.InvalidResourceId;
import virga.model.ssm.ListTagsForResourceRequest;
import virga.model.ssm.ListTagsForResourceResult;
import virga.model.ssm.RemoveTagsFromResourceRequest;
import virga.model.ssm.RemoveTagsFromResourceResult;
import virga.model.ssm.Ssm;
import virga.model.ssm.Tag;
import virga.model.ssm.TooManyTagsError;

/** The operations on tags, of parameters only. */
final class ParameterTags {
    private final SsmLimits limits;

    ParameterTags(SsmLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Ssm.ADD_TAGS_TO_RESOURCE, this::addTagsToResource)
                .resources((call, input) -> List.of(ParameterName.named(call, input.resourceId())));
        binder.atomic(Ssm.REMOVE_TAGS_FROM_RESOURCE, this::removeTagsFromResource)
                .resources((call, input) -> List.of(ParameterName.named(call, input.resourceId())));
        binder.atomic(Ssm.LIST_TAGS_FOR_RESOURCE, this::listTagsForResource)
                .resources((call, input) -> List.of(ParameterName.named(call, input.resourceId())));
    }

    static SortedMap<String, String> add(Map<String, String> before, List<Tag> tags, int limit) {
        SortedMap<String, String> after = new TreeMap<>(before);
        tags.forEach(tag -> after.put(tag.key(), tag.value()));
        if (after.size() > limit) {
            throw new TooManyTagsError("The parameter can have at most " + limit + " tags.");
        }
        return after;
    }

    static SortedMap<String, String> map(List<Tag> tags) {
        SortedMap<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private AddTagsToResourceResult addTagsToResource(Call call, AddTagsToResourceRequest input, UnitOfWork work) {
        ParameterRow parameter = existing(call, input.resourceType(), input.resourceId(), work);
        Parameters.put(work, call.scope(), parameter.with(add(parameter.tags(), input.tags(), limits.tags())));
        return AddTagsToResourceResult.builder().build();
    }

    private RemoveTagsFromResourceResult removeTagsFromResource(
            Call call, RemoveTagsFromResourceRequest input, UnitOfWork work) {
        ParameterRow parameter = existing(call, input.resourceType(), input.resourceId(), work);
        SortedMap<String, String> tags = new TreeMap<>(parameter.tags());
        tags.keySet().removeAll(input.tagKeys());
        Parameters.put(work, call.scope(), parameter.with(tags));
        return RemoveTagsFromResourceResult.builder().build();
    }

    private ListTagsForResourceResult listTagsForResource(
            Call call, ListTagsForResourceRequest input, UnitOfWork work) {
        ParameterRow parameter = existing(call, input.resourceType(), input.resourceId(), work);
        return ListTagsForResourceResult.builder()
                .tagList(list(parameter.tags()))
                .build();
    }

    private static ParameterRow existing(Call call, String type, String id, UnitOfWork work) {
        if (!type.equals("Parameter")) {
            throw Fault.unsupported("ssm tags of resource type " + type);
        }
        return Parameters.find(work, call.scope(), id)
                .orElseThrow(() -> new InvalidResourceId(
                        "The resource ID isn't valid. Verify that you entered the correct ID and try again."));
    }
}
