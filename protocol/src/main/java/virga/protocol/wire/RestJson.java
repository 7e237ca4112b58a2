package virga.protocol.wire;

import java.util.Map;
import java.util.Optional;
import virga.kernel.ByteStream;
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

/** restJson1: members in path, query and headers; the rest, or one member, is a JSON body. */
final class RestJson implements ServerProtocol {
    static final RestJson PROTOCOL = new RestJson();
    private static final String MEDIA_TYPE = "application/json";

    private RestJson() {}

    @Override
    public Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request) {
        Unsupported.refuseUnmodelled(operation);
        Schema schema = operation.input();
        HttpBindings bindings = HttpBindings.of(schema);
        MediaTypes.check(operation, request, MEDIA_TYPE);
        Object[] values = new Object[schema.members().size()];
        new RestInput(bindings, request, values).read(labels);
        Optional<Member> payload = bindings.payload();
        if (payload.isPresent()) {
            values[payload.get().index()] = payload(payload.get(), request);
        } else if (!bindings.body().isEmpty()) {
            Bytes body = request.body().readAll();
            if (!body.isEmpty()) {
                readBody(schema, bindings, body, values);
            }
        }
        return schema.make(values);
    }

    /** Members bound elsewhere must not be taken from the body, even where the body names them. */
    private static void readBody(Schema schema, HttpBindings bindings, Bytes body, Object[] values) {
        if (bindings.body().size() == schema.members().size()) {
            JsonShapeReader.readMembers(body, schema, values, WireNames.OF_LOCATION);
            return;
        }
        Object[] read = new Object[values.length];
        JsonShapeReader.readMembers(body, schema, read, WireNames.OF_BODY);
        for (Member member : bindings.body()) {
            values[member.index()] = read[member.index()];
        }
    }

    private static Object payload(Member payload, HttpRequest request) {
        if (RestPayload.isRaw(payload)) {
            return RestPayload.read(payload, request);
        }
        Bytes body = request.body().readAll();
        if (body.isEmpty()) {
            return null;
        }
        return JsonShapeReader.read(body, payload.target(), payload.traits(), WireNames.OF_LOCATION);
    }

    @Override
    public HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange) {
        HttpBindings bindings = HttpBindings.ofOutput(output.schema());
        Headers.Builder headers = Headers.builder().add("x-amzn-RequestId", exchange.requestId());
        int status = RestOutput.status(bindings, output, operation.http().status());
        return response(bindings, output, status, headers);
    }

    private static HttpResponse response(HttpBindings bindings, Structure output, int status, Headers.Builder headers) {
        String contentType = MEDIA_TYPE;
        ByteStream body = HttpResponse.NO_BODY;
        Optional<Member> payload = bindings.payload();
        if (payload.isPresent()) {
            Object value = output.valueOf(payload.get());
            if (value == null) {
                contentType = "";
            } else if (RestPayload.isRaw(payload.get())) {
                contentType = RestPayload.contentType(payload.get());
                body = RestPayload.write(value);
            } else {
                body = ByteStream.of(JsonText.write(generator -> new JsonShapeWriter(generator, WireNames.OF_LOCATION)
                        .value(payload.get().target(), payload.get().traits(), value)));
            }
        } else if (!bindings.body().isEmpty()) {
            body = ByteStream.of(JsonText.write(generator -> {
                generator.writeStartObject();
                new JsonShapeWriter(generator, WireNames.OF_LOCATION).members(output, bindings.body());
                generator.writeEndObject();
            }));
        } else if (output.schema().name().equals("Unit") || status == 204) {
            contentType = "";
        } else {
            body = ByteStream.of(Bytes.ofUtf8("{}"));
        }
        if (!contentType.isEmpty() && !RestOutput.saysContentType(bindings, output)) {
            headers.add("Content-Type", contentType);
        }
        RestOutput.headers(bindings, output, headers);
        return new HttpResponse(status, headers.build(), body);
    }

    @Override
    public HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange) {
        Failure failure = Failure.of(fault, operation, ServiceModel.Protocol.REST_JSON);
        Headers.Builder headers = Headers.builder()
                .add("x-amzn-RequestId", exchange.requestId())
                .add("x-amzn-ErrorType", failure.code())
                .add("Content-Type", MEDIA_TYPE);
        Structure content = failure.content();
        Bytes body = JsonText.write(generator -> {
            generator.writeStartObject();
            Optional<Member> message = Optional.empty();
            if (content != null) {
                HttpBindings bindings = HttpBindings.ofOutput(content.schema());
                new JsonShapeWriter(generator, WireNames.OF_LOCATION).members(content, bindings.body());
                message = WireNames.message(content.schema());
            }
            boolean told = message.isPresent() && content.has(message.get());
            if (!told && !failure.message().isEmpty()) {
                generator.writeStringField(message.map(Member::wireName).orElse("message"), failure.message());
            }
            generator.writeEndObject();
        });
        if (content != null) {
            RestOutput.headers(HttpBindings.ofOutput(content.schema()), content, headers);
        }
        return HttpResponse.of(failure.status(), headers.build(), body);
    }
}
