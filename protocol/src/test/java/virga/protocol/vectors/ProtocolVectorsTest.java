package virga.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import virga.model.Operation;
import virga.model.ServiceModel.Protocol;

/** Somebody else's proof: every vector of Smithy's that a server can run. Those that do not hold are listed, each with its reason. */
class ProtocolVectorsTest {
    private static final Map<String, Protocol> PROTOCOLS = new LinkedHashMap<>(Map.of(
            "aws.protocols#awsJson1_0", Protocol.AWS_JSON,
            "aws.protocols#awsJson1_1", Protocol.AWS_JSON,
            "aws.protocols#awsQuery", Protocol.AWS_QUERY,
            "aws.protocols#restJson1", Protocol.REST_JSON,
            "aws.protocols#restXml", Protocol.REST_XML,
            "smithy.protocols#rpcv2Cbor", Protocol.RPC_V2_CBOR));

    @TestFactory
    Stream<DynamicTest> awsJson10() {
        return tests("aws.protocols#awsJson1_0");
    }

    @TestFactory
    Stream<DynamicTest> awsJson11() {
        return tests("aws.protocols#awsJson1_1");
    }

    @TestFactory
    Stream<DynamicTest> awsQuery() {
        return tests("aws.protocols#awsQuery");
    }

    @TestFactory
    Stream<DynamicTest> restJson1() {
        return tests("aws.protocols#restJson1");
    }

    @TestFactory
    Stream<DynamicTest> restXml() {
        return tests("aws.protocols#restXml");
    }

    @TestFactory
    Stream<DynamicTest> rpcV2Cbor() {
        return tests("smithy.protocols#rpcv2Cbor");
    }

    @Test
    void everySkippedVectorExists() {
        Set<String> skipped = new TreeSet<>(skipped().keySet());
        PROTOCOLS.keySet().forEach(protocol -> vectors(protocol).forEach(vector -> skipped.remove(vector.id())));
        assertThat(skipped).as("skipped, but not a vector").isEmpty();
    }

    private static Stream<DynamicTest> tests(String protocol) {
        Map<String, String> skipped = skipped();
        return vectors(protocol).stream().map(vector -> {
            String reason = skipped.get(vector.id());
            return reason == null
                    ? DynamicTest.dynamicTest(vector.id(), () -> vector.run())
                    : DynamicTest.dynamicTest(
                            vector.id() + " (skipped: " + reason + ")",
                            () -> assertThatThrownBy(() -> {
                                        vector.run();
                                        throw new IllegalStateException(
                                                vector.id() + " passes now: take it off the list");
                                    })
                                    .isInstanceOf(AssertionError.class));
        });
    }

    private static List<Vector> vectors(String protocol) {
        List<Vector> vectors = new ArrayList<>();
        VectorModel.MODEL
                .shapes(ServiceShape.class)
                .filter(service -> service.findTrait(protocol).isPresent())
                .sorted()
                .forEach(service -> vectors.addAll(vectors(service, protocol)));
        return vectors;
    }

    private static List<Vector> vectors(ServiceShape service, String protocol) {
        VectorSchemas schemas = new VectorSchemas(VectorModel.MODEL, service, PROTOCOLS.get(protocol));
        List<Vector> vectors = new ArrayList<>();
        Set<ShapeId> errors = new TreeSet<>(service.getErrorsSet());
        for (OperationShape shape : TopDownIndex.of(VectorModel.MODEL).getContainedOperations(service)) {
            Operation<?, ?> operation =
                    schemas.service().operation(shape.getId().getName()).orElseThrow();
            errors.addAll(shape.getErrorsSet());
            of(shape, "smithy.test#httpRequestTests", protocol)
                    .forEach(vector -> vectors.add(Vector.request(schemas.service(), operation, vector)));
            of(shape, "smithy.test#httpResponseTests", protocol)
                    .forEach(vector -> vectors.add(Vector.response(schemas.service(), operation, vector)));
            of(shape, "smithy.test#httpMalformedRequestTests", protocol).stream()
                    .flatMap(vector -> MalformedParameters.expand(vector).stream())
                    .forEach(vector -> vectors.add(Vector.malformed(schemas.service(), operation, vector)));
        }
        for (ShapeId error : errors) {
            Shape shape = VectorModel.MODEL.expectShape(error);
            of(shape, "smithy.test#httpResponseTests", protocol)
                    .forEach(vector -> vectors.add(Vector.error(schemas, shape, vector)));
        }
        return vectors;
    }

    private static List<ObjectNode> of(Shape shape, String trait, String protocol) {
        return shape
                .findTrait(trait)
                .map(found -> found.toNode().expectArrayNode().getElements())
                .orElse(List.of())
                .stream()
                .map(Node::expectObjectNode)
                .filter(vector ->
                        vector.getStringMemberOrDefault("protocol", "").equals(protocol))
                .filter(vector ->
                        vector.getStringMemberOrDefault("appliesTo", "server").equals("server"))
                .toList();
    }

    /** Lines of {@code id: reason}. */
    private static Map<String, String> skipped() {
        Map<String, String> skipped = new TreeMap<>();
        try (InputStream in = ProtocolVectorsTest.class.getResourceAsStream("/virga/protocol/vectors/skipped.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(": ");
                    skipped.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return skipped;
    }
}
