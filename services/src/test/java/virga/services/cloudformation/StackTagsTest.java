package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.CreateStackInput;
import virga.model.cloudformation.DescribeStackResourcesInput;
import virga.model.cloudformation.Tag;
import virga.model.cloudformation.UpdateStackInput;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListTagsRequest;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.services.apigatewayv2.ApiGatewayV2Service;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.iam.IamService;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.lambda.TestingEngine;
import virga.services.s3.S3Limits;
import virga.services.s3.S3Service;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.services.ssm.SsmService;

/** Source: "Resource tag", AWS CloudFormation Template Reference: a stack's tags reach whatever can bear them. */
final class StackTagsTest {
    private static final String ENDPOINT = "http://127.0.0.1:4566";

    private static final String TEMPLATE = """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
              Policy:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyName: all
                  Roles: [!Ref Role]
                  PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}
              Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
              Layer:
                Type: AWS::Lambda::LayerVersion
                Properties: {Content: {S3Bucket: code, S3Key: code.zip}}
              Function:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: provided.al2023
                  Handler: bootstrap
                  Role: !GetAtt Role.Arn
                  Code: {S3Bucket: code, S3Key: code.zip}
                  Layers: [!Ref Layer]
              Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function}}
              Alias:
                Type: AWS::Lambda::Alias
                Properties: {FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version, Name: live}
              Permission:
                Type: AWS::Lambda::Permission
                Properties: {FunctionName: !Ref Function, Action: lambda:InvokeFunction, Principal: events.amazonaws.com}
              Asynchronous:
                Type: AWS::Lambda::EventInvokeConfig
                Properties: {FunctionName: !Ref Function, Qualifier: $LATEST, MaximumRetryAttempts: 1}
              Queue: {Type: AWS::SQS::Queue}
              QueuePolicy:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  Queues: [!Ref Queue]
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}]
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !Ref Function, EventSourceArn: !GetAtt Queue.Arn, Enabled: false}
              Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: api, ProtocolType: HTTP}}
              Integration:
                Type: AWS::ApiGatewayV2::Integration
                Properties:
                  ApiId: !Ref Api
                  IntegrationType: AWS_PROXY
                  IntegrationUri: !GetAtt Function.Arn
                  PayloadFormatVersion: "2.0"
              Route:
                Type: AWS::ApiGatewayV2::Route
                Properties: {ApiId: !Ref Api, RouteKey: GET /, Target: !Sub 'integrations/${Integration}'}
              Deployment: {Type: AWS::ApiGatewayV2::Deployment, DependsOn: Route, Properties: {ApiId: !Ref Api}}
              Stage:
                Type: AWS::ApiGatewayV2::Stage
                Properties: {ApiId: !Ref Api, StageName: live, DeploymentId: !Ref Deployment}
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: bus}}
              Rule:
                Type: AWS::Events::Rule
                Properties: {EventBusName: !Ref Bus, EventPattern: {source: [weather]}}
              Bucket: {Type: AWS::S3::Bucket}
              BucketPolicy:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Bucket
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Deny, Principal: '*', Action: s3:PutObject, Resource: !Sub '${Bucket.Arn}/*'}]
              Parameter: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: rain}}
              Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
              Metadata: {Type: AWS::CDK::Metadata, Properties: {Analytics: none}}
            """;

    private final TestingCloud cloud = new TestingCloud(
            new CloudFormationService(Duration.ZERO),
            new IamService(),
            new LambdaService(new TestingEngine(), ENDPOINT, LambdaLimits.AWS),
            new SqsService(ENDPOINT, SqsLimits.AWS),
            new ApiGatewayV2Service(ENDPOINT),
            new EventsService(EventsLimits.AWS),
            new S3Service(S3Limits.AWS),
            new SsmService());
    private final TestingStacks stacks = new TestingStacks(cloud);

    @AfterEach
    void close() {
        cloud.close();
    }

    private void uploadCode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
        }
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket("code").build());
        cloud.call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket("code")
                        .key("code.zip")
                        .body(ByteStream.of(Bytes.wrap(bytes.toByteArray())))
                        .build());
    }

    private static List<Tag> stage(String value) {
        return List.of(Tag.builder().key("stage").value(value).build());
    }

    private Map<String, String> physicalIds() {
        Map<String, String> ids = new TreeMap<>();
        cloud.call(
                        CloudFormation.DESCRIBE_STACK_RESOURCES,
                        DescribeStackResourcesInput.builder().stackName("all").build())
                .stackResources()
                .forEach(resource -> ids.put(
                        resource.logicalResourceId().orElseThrow(),
                        resource.physicalResourceId().orElse("")));
        return ids;
    }

    private String stageOf(String lambdaArn) {
        return cloud.call(
                        Lambda.LIST_TAGS,
                        ListTagsRequest.builder().resource(lambdaArn).build())
                .tags()
                .get("stage");
    }

    @Test
    void aChangeOfTheStacksTagsReplacesNothingAndReachesWhatBearsTags() throws IOException {
        uploadCode();
        cloud.call(
                CloudFormation.CREATE_STACK,
                CreateStackInput.builder()
                        .stackName("all")
                        .templateBody(TEMPLATE)
                        .capabilities(List.of("CAPABILITY_IAM"))
                        .tags(stage("test"))
                        .build());
        assertThat(stacks.settled("all").stackStatus())
                .as(() -> stacks.events("all").toString())
                .contains("CREATE_COMPLETE");
        Map<String, String> before = physicalIds();
        cloud.call(
                CloudFormation.UPDATE_STACK,
                UpdateStackInput.builder()
                        .stackName("all")
                        .usePreviousTemplate(true)
                        .capabilities(List.of("CAPABILITY_IAM"))
                        .tags(stage("live"))
                        .build());
        assertThat(stacks.settled("all").stackStatus())
                .as(() -> stacks.events("all").toString())
                .contains("UPDATE_COMPLETE");
        assertThat(physicalIds()).isEqualTo(before);
        String lambda =
                "arn:aws:lambda:" + cloud.scope().region() + ":" + cloud.scope().account();
        assertThat(stageOf(lambda + ":function:" + before.get("Function"))).isEqualTo("live");
        assertThat(stageOf(lambda + ":event-source-mapping:" + before.get("Mapping")))
                .isEqualTo("live");
    }
}
