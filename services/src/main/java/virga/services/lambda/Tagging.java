package virga.services.lambda;

import java.util.Map;
import java.util.TreeMap;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.lambda.ListTagsRequest;
import virga.model.lambda.ListTagsResponse;
import virga.model.lambda.TagResourceRequest;
import virga.model.lambda.UntagResourceRequest;
import virga.services.lambda.mapping.Mappings;

/** Tags of functions and of event source mappings. Source: TagResource, AWS Lambda API Reference. */
final class Tagging {
    ListTagsResponse list(Call call, ListTagsRequest input, UnitOfWork work) {
        return ListTagsResponse.builder()
                .tags(tags(call, input.resource(), work))
                .build();
    }

    void tag(Call call, TagResourceRequest input, UnitOfWork work) {
        TreeMap<String, String> tags = new TreeMap<>(tags(call, input.resource(), work));
        tags.putAll(input.tags());
        keep(call, input.resource(), tags, work);
    }

    void untag(Call call, UntagResourceRequest input, UnitOfWork work) {
        TreeMap<String, String> tags = new TreeMap<>(tags(call, input.resource(), work));
        input.tagKeys().forEach(tags::remove);
        keep(call, input.resource(), tags, work);
    }

    private static Map<String, String> tags(Call call, String arn, UnitOfWork work) {
        return switch (kind(arn)) {
            case "function" -> function(call, arn, work).tags();
            case "event-source-mapping" -> Mappings.tags(Arn.parse(arn), work);
            default -> throw Fault.unsupported("TagResource of " + kind(arn));
        };
    }

    private static void keep(Call call, String arn, Map<String, String> tags, UnitOfWork work) {
        switch (kind(arn)) {
            case "function" ->
                FunctionChanges.keep(work, function(call, arn, work).withTags(tags));
            default -> Mappings.retag(Arn.parse(arn), tags, work);
        }
    }

    private static LambdaFunction function(Call call, String arn, UnitOfWork work) {
        return Functions.latest(work, FunctionReference.parse(call, arn));
    }

    private static String kind(String arn) {
        String resource = Arn.parse(arn).resource();
        return resource.substring(0, resource.indexOf(':'));
    }
}
