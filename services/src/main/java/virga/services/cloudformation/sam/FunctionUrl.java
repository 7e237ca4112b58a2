package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code FunctionUrlConfig}: the URL and, where it is public, the permissions of everyone. */
final class FunctionUrl {
    private static final Set<String> CORS =
            Set.of("AllowOrigins", "AllowMethods", "AllowCredentials", "AllowHeaders", "ExposeHeaders", "MaxAge");

    private FunctionUrl() {}

    static List<ResourceDraft> drafts(
            ServerlessResource function, ResourceDraft lambda, Optional<ResourceDraft> alias) {
        JsonNode config = function.get("FunctionUrlConfig");
        String id = lambda.logicalId();
        JsonNode authType = config.path("AuthType");
        check(id, config, authType);
        JsonNode target = alias.map(ResourceDraft::ref).orElseGet(lambda::ref);
        List<ResourceDraft> drafts = new ArrayList<>();
        ResourceDraft url = new ResourceDraft(id + "Url", "AWS::Lambda::Url", function.passedAttributes());
        if (Nodes.isGiven(config.path("Cors"))) {
            url.put("Cors", config.get("Cors"));
        }
        drafts.add(url.put("AuthType", authType)
                .put("TargetFunctionArn", target)
                .put("InvokeMode", config.path("InvokeMode")));
        if (authType.asText("").equals("NONE")) {
            drafts.add(new ResourceDraft(
                            id + "UrlPublicPermissions", "AWS::Lambda::Permission", function.passedAttributes())
                    .put("Action", "lambda:InvokeFunctionUrl")
                    .put("FunctionName", target)
                    .put("Principal", "*")
                    .put("FunctionUrlAuthType", authType));
            drafts.add(new ResourceDraft(
                            id + "URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", function.passedAttributes())
                    .put("Action", "lambda:InvokeFunction")
                    .put("FunctionName", target)
                    .put("Principal", "*")
                    .put("InvokedViaFunctionUrl", Nodes.yes()));
        }
        return drafts;
    }

    private static void check(String id, JsonNode config, JsonNode authType) {
        if (Nodes.isIntrinsic(config)) {
            return;
        }
        if (!Nodes.isIntrinsic(authType) && !List.of("AWS_IAM", "NONE").contains(authType.asText(""))) {
            throw SamErrors.resource(
                    id,
                    "AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.");
        }
        JsonNode cors = config.path("Cors");
        if (Nodes.isGiven(cors) && !Nodes.isIntrinsic(cors)) {
            if (!cors.isObject()) {
                throw SamErrors.resource(id, "Property 'FunctionUrlConfig.Cors' should be a map.");
            }
            cors.fieldNames().forEachRemaining(name -> {
                if (!CORS.contains(name)) {
                    throw SamErrors.resource(id, name + " is not a valid property for configuring Cors.");
                }
            });
        }
    }
}
