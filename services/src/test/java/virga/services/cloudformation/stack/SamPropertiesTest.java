package virga.services.cloudformation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import virga.cloud.spine.Registry;
import virga.kernel.Fault;
import virga.services.apigatewayv2.ApiGatewayV2Service;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.iam.IamService;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.lambda.TestingEngine;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;

/** The services accept the properties that the serverless transform writes. */
class SamPropertiesTest {
    private static final Path CASES = Path.of("src/test/resources/virga/services/cloudformation/sam");

    private final Registry registry = new Registry(List.of(
            new SqsService("http://127.0.0.1:4566", SqsLimits.AWS),
            new LambdaService(new TestingEngine(), "http://127.0.0.1:4566", LambdaLimits.AWS),
            new EventsService(EventsLimits.AWS),
            new DynamoDbService(DynamoDbLimits.AWS),
            new IamService(),
            new ApiGatewayV2Service("http://127.0.0.1:4566")));

    @Test
    void noPropertyIsUnknownAndAnOrderApplicationMeetsNoGap() throws IOException {
        List<Fault> refused = refused(
                Stream.of(CASES.resolve("order-application.expected.json"), CASES.resolve("events.expected.json")));
        assertThat(refused).isEmpty();
        try (Stream<Path> files = Files.list(CASES)) {
            assertThat(refused(files.filter(path -> path.toString().endsWith(".expected.json"))))
                    .allSatisfy(fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
        }
    }

    private List<Fault> refused(Stream<Path> files) throws IOException {
        List<Fault> refused = new ArrayList<>();
        for (Path file : (Iterable<Path>) files::iterator) {
            JsonNode resources = new ObjectMapper().readTree(file.toFile()).path("Resources");
            resources
                    .properties()
                    .forEach(resource -> registry.provisioner(
                                    resource.getValue().path("Type").asText())
                            .ifPresent(provisioner -> {
                                try {
                                    new PropertyPaths(provisioner)
                                            .check(
                                                    resource.getKey(),
                                                    resource.getValue().path("Properties"));
                                } catch (Fault fault) {
                                    refused.add(fault);
                                }
                            }));
        }
        return refused;
    }
}
