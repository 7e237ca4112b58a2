package virga.server;

import java.util.List;
import virga.cloud.Service;
import virga.kernel.function.FunctionEngine;
import virga.observe.Observatory;
import virga.services.apigatewayv2.ApiGatewayV2Service;
import virga.services.cloudformation.CloudFormationService;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.dynamodb.DynamoDbStreamsService;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.iam.IamService;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.logs.LogsService;
import virga.services.s3.S3Limits;
import virga.services.s3.S3Service;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.services.ssm.SsmService;
import virga.services.sts.StsService;
import virga.services.xray.XRayService;

/** Every service that Virga has. A new one gets its line here. */
final class Services {
    private Services() {}

    /** @param endpoint where clients reach the cloud, without a slash at the end */
    static List<Service> all(FunctionEngine engine, Observatory observatory, String endpoint) {
        return List.of(
                new ApiGatewayV2Service(endpoint),
                new CloudFormationService(),
                new DynamoDbService(DynamoDbLimits.AWS),
                new DynamoDbStreamsService(DynamoDbLimits.AWS),
                new EventsService(EventsLimits.AWS),
                new IamService(),
                new LambdaService(engine, endpoint, LambdaLimits.AWS),
                new LogsService(observatory),
                new S3Service(S3Limits.AWS),
                new SqsService(endpoint, SqsLimits.AWS),
                new SsmService(),
                new StsService(),
                new XRayService(observatory));
    }
}
