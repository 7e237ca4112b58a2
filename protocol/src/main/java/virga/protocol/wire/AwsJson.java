package virga.protocol.wire;

import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Member;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

/** awsJson 1.0 and 1.1: the operation in {@code X-Amz-Target}, everything else in a JSON body. */
final class AwsJson implements ServerProtocol {
    static final AwsJson PROTOCOL = new AwsJson();

    /** The names that AWS's servers put before an error's name, where they were observed; clients cut them off. */
    private static final Map<String, String> ERROR_NAMESPACES =
            Map.of("dynamodb", "com.amazonaws.dynamodb.v20120810#", "sqs", "com.amazonaws.sqs#");

    private AwsJson() {}

    @Override
    public Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request) {
        Unsupported.refuseUnmodelled(operation);
        Schema schema = operation.input();
        Object[] values = new Object[schema.members().size()];
        Bytes body = request.body().readAll();
        if (!body.isEmpty()) {
            JsonShapeReader.readMembers(body, schema, values, WireNames.OF_MODEL);
        }
        return schema.make(values);
    }

    @Override
    public HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange) {
        // An operation without an output has no body; one with an output that has no members has an empty object.
        Bytes body = output.schema().name().equals("Unit")
                ? Bytes.EMPTY
                : JsonText.write(generator -> new JsonShapeWriter(generator, WireNames.OF_MODEL).structure(output));
        return HttpResponse.of(200, headers(exchange, body).build(), body);
    }

    @Override
    public HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange) {
        Failure failure = Failure.of(fault, operation, ServiceModel.Protocol.AWS_JSON);
        ServiceModel service = exchange.service();
        Bytes body = JsonText.write(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", namespace(service, failure.code()) + failure.code());
            if (failure.content() == null) {
                generator.writeStringField("message", failure.message());
            } else {
                Schema schema = failure.content().schema();
                new JsonShapeWriter(generator, WireNames.OF_MODEL).members(failure.content(), schema.members());
                Optional<Member> message = WireNames.message(schema);
                boolean told = message.isPresent() && failure.content().has(message.get());
                if (!told && !failure.message().isEmpty()) {
                    generator.writeStringField(message.map(Member::name).orElse("message"), failure.message());
                }
            }
            generator.writeEndObject();
        });
        Headers.Builder headers = headers(exchange, body);
        if (service.protocols().contains(ServiceModel.Protocol.AWS_QUERY)) {
            // awsQueryCompatible: clients that knew the codes of the query protocol still see them.
            headers.add("x-amzn-query-error", failure.queryCode() + ";" + failure.blame());
        }
        return HttpResponse.of(failure.status(), headers.build(), body);
    }

    private static String namespace(ServiceModel service, String code) {
        return switch (code) {
            case "SerializationException", "UnknownOperationException" ->
                service.jsonVersion().equals("1.0") ? "com.amazon.coral.service#" : "";
            case "ValidationException" -> service.name().equals("dynamodb") ? "com.amazon.coral.validate#" : "";
            default -> ERROR_NAMESPACES.getOrDefault(service.modelName(), "");
        };
    }

    private static Headers.Builder headers(Exchange exchange, Bytes body) {
        Headers.Builder headers = Headers.builder()
                .add("x-amzn-RequestId", exchange.requestId())
                .add(
                        "Content-Type",
                        "application/x-amz-json-" + exchange.service().jsonVersion());
        if (exchange.service().name().equals("dynamodb")) {
            headers.add("x-amz-crc32", crc32(body));
        }
        return headers;
    }

    /** Source: "DynamoDB low-level API", response headers. */
    private static String crc32(Bytes body) {
        CRC32 checksum = new CRC32();
        checksum.update(body.unsafeArray());
        return Long.toString(checksum.getValue());
    }
}
