package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Copies a serverless resource's tags to what is generated from it, where those types have tags. */
final class TagPropagation {
    private static final Set<String> TAGGED = Set.of(
            "AWS::Lambda::Function",
            "AWS::Lambda::EventSourceMapping",
            "AWS::IAM::Role",
            "AWS::SQS::Queue",
            "AWS::SNS::Topic",
            "AWS::Events::Rule",
            "AWS::ApiGateway::RestApi",
            "AWS::ApiGateway::Stage",
            "AWS::ApiGateway::DomainName",
            "AWS::ApiGateway::UsagePlan",
            "AWS::ApiGateway::ApiKey",
            "AWS::CodeDeploy::Application",
            "AWS::StepFunctions::StateMachine",
            "AWS::DynamoDB::Table",
            "AWS::IoT::TopicRule",
            "AWS::S3::Bucket");
    private static final Set<String> TAGGED_BY_MAP =
            Set.of("AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::DomainName");

    private TagPropagation() {}

    static void apply(ResourceDraft draft, JsonNode tags) {
        if (TAGGED_BY_MAP.contains(draft.type())) {
            draft.put("Tags", tags);
        } else if (TAGGED.contains(draft.type())) {
            draft.put("Tags", Nodes.tags(tags));
        }
    }
}
