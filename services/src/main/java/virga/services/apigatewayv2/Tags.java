package virga.services.apigatewayv2;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.apigatewayv2.BadRequestException;
import virga.model.apigatewayv2.GetTagsRequest;
import virga.model.apigatewayv2.GetTagsResponse;
import virga.model.apigatewayv2.TagResourceRequest;
import virga.model.apigatewayv2.TagResourceResponse;
import virga.model.apigatewayv2.UntagResourceRequest;
import virga.model.apigatewayv2.UntagResourceResponse;

/** Tags of APIs and of stages. Source: "Tags", API Gateway Version 2 API Reference. */
final class Tags {
    private static final Pattern ARN = Pattern.compile(".*/apis/(?<api>[^/]+)(?:/stages/(?<stage>[^/]+))?");

    /** @param keeping keeps other tags in their place */
    private record Tagged(Map<String, String> tags, Consumer<Map<String, String>> keeping) {}

    GetTagsResponse get(Call call, GetTagsRequest input, UnitOfWork work) {
        return GetTagsResponse.builder()
                .tags(tagged(call, input.resourceArn(), work).tags())
                .build();
    }

    TagResourceResponse tag(Call call, TagResourceRequest input, UnitOfWork work) {
        Tagged tagged = tagged(call, input.resourceArn(), work);
        Map<String, String> tags = new TreeMap<>(tagged.tags());
        tags.putAll(input.tags());
        tagged.keeping().accept(tags);
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(Call call, UntagResourceRequest input, UnitOfWork work) {
        Tagged tagged = tagged(call, input.resourceArn(), work);
        Map<String, String> tags = new TreeMap<>(tagged.tags());
        tags.keySet().removeAll(input.tagKeys());
        tagged.keeping().accept(tags);
        return UntagResourceResponse.builder().build();
    }

    private static Tagged tagged(Call call, String arn, UnitOfWork work) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new BadRequestException("Invalid resource ARN: " + arn);
        }
        String id = parts.group("api");
        if (parts.group("stage") == null) {
            Api api = Apis.existing(call, id, work);
            return new Tagged(api.tags(), tags -> ApiOperations.keep(work, api.with(tags)));
        }
        Stage stage = Stages.existing(call, id, parts.group("stage"), work);
        return new Tagged(stage.tags(), tags -> Stages.keep(id, stage.with(tags), work));
    }
}
