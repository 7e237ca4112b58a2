package virga.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.node.StringNode;
import software.amazon.smithy.model.shapes.Shape;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.ErrorShape;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.body.RequestBody;
import virga.protocol.constraint.ConstraintPolicy;
import virga.protocol.constraint.Constraints;
import virga.protocol.routing.Destination;
import virga.protocol.routing.ServiceDirectory;
import virga.protocol.wire.ServerProtocol;

/** One of Smithy's vectors, ready to run. @param id its kind and Smithy's id: a request and a response may share one */
record Vector(String id, Check check) {
    private static final HttpRequest ANY_REQUEST = HttpRequest.of("POST", "/", Headers.NONE, HttpResponse.NO_BODY);

    /** Throws an AssertionError where the vector does not hold. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }

    /** As {@link #check}, and names this vector where it does not hold. */
    void run() throws Exception {
        try {
            check.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(id + ": " + e.getMessage(), e);
        }
    }

    /** A request that must be read as the operation's parameters. */
    static Vector request(ServiceModel service, Operation<?, ?> operation, ObjectNode vector) {
        return new Vector("request " + id(vector), () -> {
            HttpRequest request = request(vector);
            Structure input = parse(service, operation, request);
            ObjectNode params = vector.getObjectMember("params").orElse(Node.objectNode());
            assertThat(VectorValues.plain(input))
                    .isEqualTo(VectorValues.plain(VectorValues.structure(params, operation.input())));
        });
    }

    /** An output that must be written as the response says. */
    static Vector response(ServiceModel service, Operation<?, ?> operation, ObjectNode vector) {
        return new Vector("response " + id(vector), () -> {
            ObjectNode params = vector.getObjectMember("params").orElse(Node.objectNode());
            Structure output = VectorValues.structure(params, operation.output());
            check(vector, protocol(service).answer(operation, output, exchange(service, ANY_REQUEST, vector)));
        });
    }

    /** An error that must be written as the response says. */
    static Vector error(VectorSchemas schemas, Shape shape, ObjectNode vector) {
        return new Vector("response " + id(vector), () -> {
            ObjectNode params = vector.getObjectMember("params").orElse(Node.objectNode());
            ErrorShape error = schemas.error(shape);
            Fault fault = new VectorFault(error, VectorValues.structure(params, error.schema()));
            ServiceModel service = schemas.service();
            check(vector, protocol(service).refuse(fault, Optional.empty(), exchange(service, ANY_REQUEST, vector)));
        });
    }

    /** A request that must be refused as the response says. */
    static Vector malformed(ServiceModel service, Operation<?, ?> operation, ObjectNode vector) {
        return new Vector("malformed " + id(vector), () -> {
            HttpRequest request = request(vector.expectObjectMember("request"));
            Structure input;
            try {
                input = parse(service, operation, request);
                Constraints.check(input, service.protocols().getFirst(), ConstraintPolicy.COMMON);
            } catch (Fault fault) {
                ObjectNode response = vector.expectObjectMember("response");
                if (fault.code().equals("ValidationException")) {
                    // The vectors have the words of Smithy's framework, we have AWS's: ConstraintsTest shows those.
                    response = response.withoutMember("body");
                }
                check(
                        response,
                        protocol(service).refuse(fault, Optional.of(operation), exchange(service, request, vector)));
                return;
            }
            throw new AssertionError("accepted as " + VectorValues.plain(input));
        });
    }

    private static String id(ObjectNode vector) {
        return vector.expectStringMember("id").getValue();
    }

    private static ServerProtocol protocol(ServiceModel service) {
        return ServerProtocol.of(service.protocols().getFirst());
    }

    private static ServerProtocol.Exchange exchange(ServiceModel service, HttpRequest request, ObjectNode vector) {
        String requestId = vector.getObjectMember("headers")
                .flatMap(headers -> headers.getStringMember("X-Amzn-Requestid"))
                .map(StringNode::getValue)
                .orElse("foo-id");
        return new ServerProtocol.Exchange(service, request, requestId);
    }

    private static Structure parse(ServiceModel service, Operation<?, ?> operation, HttpRequest request) {
        if (!request.headers().has("X-Amz-Target")
                && service.protocols().getFirst() == ServiceModel.Protocol.AWS_JSON) {
            // Some vectors show only the body; the target header that every client sends is left out.
            return protocol(service).parse(operation, Map.of(), RequestBody.decompressed(request));
        }
        ServiceDirectory directory = ServiceDirectory.of(List.of(service));
        boolean isS3 = service.modelName().equals("s3");
        Destination destination = isS3
                ? directory.resolve(request)
                : switch (service.protocols().getFirst()) {
                    case REST_JSON, REST_XML -> directory.resolveWithin(service, request, request.path());
                    case AWS_JSON, AWS_QUERY, RPC_V2_CBOR -> directory.resolve(request);
                };
        Destination.ApiCall call = switch (destination) {
            case Destination.ApiCall found -> found;
            case Destination.Refused refused -> throw refused.fault();
            case Destination.UserEndpoint endpoint -> throw new AssertionError(endpoint);
            case Destination.Preflight preflight -> throw new AssertionError(preflight);
        };
        assertThat(call.operation()).isSameAs(operation);
        HttpRequest readable = RequestBody.decompressed(request);
        return call.wire().parse(call.operation(), call.labels(), readable);
    }

    private static HttpRequest request(ObjectNode vector) {
        List<String> query = new ArrayList<>();
        vector.getArrayMember("queryParams")
                .ifPresent(list -> list.getElementsAs(StringNode.class).forEach(item -> query.add(item.getValue())));
        Headers.Builder headers = Headers.builder();
        vector.getObjectMember("headers")
                .ifPresent(map -> map.getStringMap()
                        .forEach((name, value) ->
                                headers.add(name, value.expectStringNode().getValue())));
        vector.getStringMember("resolvedHost")
                .or(() -> vector.getStringMember("host"))
                .ifPresent(host -> headers.add("Host", host.getValue()));
        String uri = vector.getStringMemberOrDefault("uri", "/");
        String target = query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + String.join("&", query);
        return HttpRequest.of(
                vector.expectStringMember("method").getValue(), target, headers.build(), ByteStream.of(body(vector)));
    }

    private static Bytes body(ObjectNode vector) {
        String text = vector.getStringMemberOrDefault("body", "");
        return vector.getStringMemberOrDefault("protocol", "").endsWith("rpcv2Cbor")
                ? Bytes.ofBase64(text)
                : Bytes.ofUtf8(text);
    }

    private static void check(ObjectNode expected, HttpResponse response) throws Exception {
        assertThat(response.status())
                .isEqualTo(expected.expectNumberMember("code").getValue().intValue());
        for (Map.Entry<String, Node> header : expected.getObjectMember("headers")
                .orElse(Node.objectNode())
                .getStringMap()
                .entrySet()) {
            if (header.getKey().equals("Content-Length")) {
                // The door writes it from the body's length.
                assertThat(response.body().length())
                        .isEqualTo(Long.parseLong(
                                header.getValue().expectStringNode().getValue()));
                continue;
            }
            assertThat(String.join(", ", response.headers().all(header.getKey())))
                    .as(header.getKey())
                    .isEqualTo(header.getValue().expectStringNode().getValue());
        }
        expected.getArrayMember("forbidHeaders")
                .ifPresent(list -> list.getElementsAs(StringNode.class)
                        .forEach(name -> assertThat(response.headers().has(name.getValue()))
                                .as(name.getValue())
                                .isFalse()));
        expected.getArrayMember("requireHeaders")
                .ifPresent(list -> list.getElementsAs(StringNode.class)
                        .forEach(name -> assertThat(response.headers().has(name.getValue()))
                                .as(name.getValue())
                                .isTrue()));
        Optional<Node> body = expected.getMember("body");
        if (body.isPresent() && body.get().isStringNode()) {
            String mediaType = expected.getStringMemberOrDefault("bodyMediaType", "");
            assertThat(VectorBodies.canonical(mediaType, response.body().readAll()))
                    .isEqualTo(VectorBodies.canonical(mediaType, body(expected)));
        } else if (body.isPresent()) {
            checkAssertion(body.get().expectObjectNode(), response);
        }
    }

    private static void checkAssertion(ObjectNode body, HttpResponse response) throws Exception {
        String mediaType = body.expectStringMember("mediaType").getValue();
        ObjectNode assertion = body.expectObjectMember("assertion");
        Bytes content = response.body().readAll();
        if (assertion.getStringMember("contents").isPresent()) {
            assertThat(VectorBodies.canonical(mediaType, content))
                    .isEqualTo(VectorBodies.canonical(
                            mediaType,
                            Bytes.ofUtf8(
                                    assertion.expectStringMember("contents").getValue())));
        } else {
            assertThat(content.utf8())
                    .containsPattern(
                            assertion.expectStringMember("messageRegex").getValue());
        }
    }
}
