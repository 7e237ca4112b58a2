package virga.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import virga.kernel.Bug;
import virga.model.apigatewayv2.Api;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.Cors;
import virga.model.apigatewayv2.CreateApiResponse;
import virga.model.apigatewayv2.Integration;
import virga.model.apigatewayv2.Route;

final class SchemaTest {
    @Test
    void anAnswerHasWhatAnotherShapeHasUnderItsNames() {
        Cors cors = Cors.builder().maxAge(5).build();
        Api api = Api.builder().apiId("a").name("shop").corsConfiguration(cors).build();
        assertThat(ApiGatewayV2.CREATE_API.answer(api))
                .isEqualTo(CreateApiResponse.builder()
                        .apiId("a")
                        .name("shop")
                        .corsConfiguration(cors)
                        .build());
    }

    @Test
    void whatTheShapeDoesNotHaveIsLeftOut() {
        Integration integration =
                Integration.builder().integrationId("i").description("d").build();
        Route like = (Route) Route.SCHEMA.like(integration);
        assertThat(like).isEqualTo(Route.builder().build());
    }

    @Test
    void aNameThatMeansSomethingElseThereIsABug() {
        Schema other = Schema.structure(
                "Other",
                Traits.NONE,
                values -> null,
                Member.of("ApiId", () -> Schema.scalar("Number", ShapeType.INTEGER, Traits.NONE), Traits.NONE));
        assertThatThrownBy(() -> other.like(Api.builder().apiId("a").build()))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("ApiId");
    }
}
