package virga.services.apigatewayv2;

import java.util.Map;
import java.util.Set;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.GetTagsRequest;
import virga.model.apigatewayv2.TagResourceRequest;
import virga.model.apigatewayv2.UntagResourceRequest;

/** Tags of a stack's resource: unlike elsewhere, templates have them as an object. */
final class TemplateTags {
    private TemplateTags() {}

    static Map<String, String> of(Provisioning request) {
        return request.tagsWith(request.properties().map("Tags"));
    }

    /** The keys that an API or stage has. @param path as in {@code /apis/a1b2} */
    static Set<String> keys(Provisioning request, String path) {
        return request.call(
                        ApiGatewayV2.GET_TAGS,
                        GetTagsRequest.builder().resourceArn(arn(request, path)).build())
                .tags()
                .keySet();
    }

    /** @param before the keys that go where the template does not have them any more */
    static void change(Provisioning request, String path, Set<String> before) {
        String arn = arn(request, path);
        Retagging.change(
                before,
                of(request),
                gone -> request.call(
                        ApiGatewayV2.UNTAG_RESOURCE,
                        UntagResourceRequest.builder()
                                .resourceArn(arn)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        ApiGatewayV2.TAG_RESOURCE,
                        TagResourceRequest.builder()
                                .resourceArn(arn)
                                .tags(wanted)
                                .build()));
    }

    private static String arn(Provisioning request, String path) {
        return "arn:aws:apigateway:" + request.call().region() + "::" + path;
    }
}
