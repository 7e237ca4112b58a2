package virga.services.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.model.events.Events;
import virga.model.events.ListTagsForResourceRequest;
import virga.model.events.Tag;
import virga.model.events.TagResourceRequest;
import virga.model.events.UntagResourceRequest;

/** The tags of a bus or a rule that a stack makes: its own over the stack's. */
final class ResourceTags {
    private ResourceTags() {}

    static List<Tag> of(Provisioning request) {
        return listed(request.allTags());
    }

    /** Brings what stands to the tags that it is to have now. */
    static void change(Provisioning request, String arn) {
        Retagging.change(
                request
                        .call(
                                Events.LIST_TAGS_FOR_RESOURCE,
                                ListTagsForResourceRequest.builder()
                                        .resourceARN(arn)
                                        .build())
                        .tags()
                        .stream()
                        .map(Tag::key)
                        .toList(),
                request.allTags(),
                gone -> request.call(
                        Events.UNTAG_RESOURCE,
                        UntagResourceRequest.builder()
                                .resourceARN(arn)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        Events.TAG_RESOURCE,
                        TagResourceRequest.builder()
                                .resourceARN(arn)
                                .tags(listed(wanted))
                                .build()));
    }

    private static List<Tag> listed(Map<String, String> tags) {
        List<Tag> listed = new ArrayList<>();
        tags.forEach(
                (key, value) -> listed.add(Tag.builder().key(key).value(value).build()));
        return listed;
    }
}
