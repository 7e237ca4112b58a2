package virga.services.apigatewayv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.cloud.testing.TestingCloud;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.BadRequestException;
import virga.model.apigatewayv2.CreateApiRequest;
import virga.model.apigatewayv2.CreateStageRequest;
import virga.model.apigatewayv2.GetTagsRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.TagResourceRequest;
import virga.model.apigatewayv2.UntagResourceRequest;

final class TagsTest {
    private final TestingCloud cloud = new TestingCloud(new ApiGatewayV2Service("http://127.0.0.1:4566"));

    @AfterEach
    void close() {
        cloud.close();
    }

    private String api() {
        return cloud.call(
                        ApiGatewayV2.CREATE_API,
                        CreateApiRequest.builder()
                                .name("shop")
                                .protocolType("HTTP")
                                .build())
                .apiId()
                .orElseThrow();
    }

    private Map<String, String> tags(String path) {
        return cloud.call(
                        ApiGatewayV2.GET_TAGS,
                        GetTagsRequest.builder().resourceArn(arn(path)).build())
                .tags();
    }

    private static String arn(String path) {
        return "arn:aws:apigateway:us-east-1::/apis/" + path;
    }

    @Test
    void aStageHasTagsOfItsOwn() {
        String api = api();
        cloud.call(
                ApiGatewayV2.CREATE_STAGE,
                CreateStageRequest.builder()
                        .apiId(api)
                        .stageName("test")
                        .tags(Map.of("old", "1"))
                        .build());
        String stage = api + "/stages/test";

        cloud.call(
                ApiGatewayV2.TAG_RESOURCE,
                TagResourceRequest.builder()
                        .resourceArn(arn(stage))
                        .tags(Map.of("new", "2"))
                        .build());
        assertThat(tags(stage)).isEqualTo(Map.of("new", "2", "old", "1"));

        cloud.call(
                ApiGatewayV2.UNTAG_RESOURCE,
                UntagResourceRequest.builder()
                        .resourceArn(arn(stage))
                        .tagKeys(List.of("old"))
                        .build());
        assertThat(tags(stage)).isEqualTo(Map.of("new", "2"));
        assertThat(tags(api)).isEmpty();
    }

    @Test
    void anArnOfSomethingElseIsRefused() {
        String api = api();
        assertThatThrownBy(() -> tags(api + "/routes/r")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> tags(api + "/stages/none")).isInstanceOf(NotFoundException.class);
    }

    private static Properties properties(Map<String, String> texts, Map<String, String> tags) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        texts.forEach(node::put);
        tags.forEach((key, value) -> node.withObject("/Tags").put(key, value));
        return Properties.of("R", node);
    }

    private Provisioning request(Properties properties, Map<String, String> ofStack) {
        return new Provisioning(
                cloud.environment(),
                cloud.call(),
                new Step("shop", "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1", "R", "step-1"),
                properties,
                ofStack);
    }

    @Test
    void anUpdateOfAStackTakesTagsFromAnApiToo() {
        ApiProvisioner provisioner = new ApiProvisioner();
        Map<String, String> shop = Map.of("Name", "shop");
        Properties before = properties(shop, Map.of("own", "1"));
        Provisioned api = provisioner.create(request(before, Map.of("team", "blue")));

        provisioner.update(request(properties(shop, Map.of("mine", "2")), Map.of()), api, before);

        assertThat(tags(api.physicalId())).isEqualTo(Map.of("mine", "2"));
    }

    @Test
    void theTagsThatABodyBringsStay() {
        ApiProvisioner provisioner = new ApiProvisioner();
        Properties before = withBody(Map.of("own", "1"));
        Provisioned api = provisioner.create(request(before, Map.of()));

        provisioner.update(request(withBody(Map.of("mine", "2")), Map.of()), api, before);

        assertThat(tags(api.physicalId())).isEqualTo(Map.of("made-by", "SAM", "mine", "2"));
    }

    private static Properties withBody(Map<String, String> tags) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode body = node.putObject("Body").put("openapi", "3.0.1");
        body.putObject("info").put("title", "shop").put("version", "1");
        body.putArray("tags").addObject().put("name", "made-by").put("x-amazon-apigateway-tag-value", "SAM");
        body.putObject("paths");
        tags.forEach((key, value) -> node.withObject("/Tags").put(key, value));
        return Properties.of("R", node);
    }

    @Test
    void anUpdateOfAStackChangesTheTagsOfAStage() {
        StageProvisioner provisioner = new StageProvisioner();
        Map<String, String> stage = Map.of("ApiId", api(), "StageName", "test");
        Properties before = properties(stage, Map.of("own", "1"));
        Provisioned made = provisioner.create(request(before, Map.of("team", "blue")));

        provisioner.update(request(properties(stage, Map.of("mine", "2")), Map.of()), made, before);

        assertThat(tags(stage.get("ApiId") + "/stages/test")).isEqualTo(Map.of("mine", "2"));
    }
}
