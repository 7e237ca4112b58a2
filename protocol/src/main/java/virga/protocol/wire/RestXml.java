package virga.protocol.wire;

import java.util.List;
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

/** restXml: members in path, query and headers; the rest, or one member, is an XML body. S3's own ways are in {@link S3Wire}. */
final class RestXml implements ServerProtocol {
    static final RestXml PROTOCOL = new RestXml();
    private static final String MEDIA_TYPE = "application/xml";

    private RestXml() {}

    @Override
    public Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request) {
        Unsupported.refuseUnmodelled(operation);
        Schema schema = operation.input();
        HttpBindings bindings = HttpBindings.of(schema);
        Object[] values = new Object[schema.members().size()];
        new RestInput(bindings, request, values).read(labels);
        Optional<Member> payload = bindings.payload();
        if (payload.isPresent() && RestPayload.isRaw(payload.get())) {
            values[payload.get().index()] = RestPayload.read(payload.get(), request);
            return schema.make(values);
        }
        if (payload.isEmpty() && bindings.body().isEmpty()) {
            return schema.make(values);
        }
        Bytes body = request.body().readAll();
        if (body.isEmpty()) {
            return schema.make(values);
        }
        try {
            if (payload.isPresent()) {
                Schema target = payload.get().target();
                Object[] inner = new Object[target.members().size()];
                XmlShapeReader.readRoot(body, target, inner);
                values[payload.get().index()] = target.make(inner);
            } else {
                XmlShapeReader.readRoot(body, schema, values);
            }
        } catch (XmlShapeReader.NotXml e) {
            throw malformed(operation.service());
        }
        return schema.make(values);
    }

    private static Fault malformed(ServiceModel service) {
        return S3Wire.is(service)
                ? new Fault(
                        "MalformedXML",
                        400,
                        "The XML you provided was not well-formed or did not validate against our published schema")
                : Malformed.serialization("The request body is not well-formed XML");
    }

    @Override
    public HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange) {
        HttpBindings bindings = HttpBindings.ofOutput(output.schema());
        Headers.Builder headers = Headers.builder();
        requestId(exchange, headers);
        int status = RestOutput.status(bindings, output, operation.http().status());
        if (S3Wire.is(exchange.service())) {
            status = S3Wire.status(output, status);
        }
        String contentType = "";
        ByteStream body = HttpResponse.NO_BODY;
        Optional<Member> payload = bindings.payload();
        if (payload.isPresent()) {
            Object value = output.valueOf(payload.get());
            if (value != null && RestPayload.isRaw(payload.get())) {
                contentType = RestPayload.contentType(payload.get());
                body = RestPayload.write(value);
            } else if (value != null) {
                contentType = MEDIA_TYPE;
                body = ByteStream.of(payload(exchange.service(), payload.get(), (Structure) value));
            }
        } else if (bindings.body().stream().anyMatch(output::has) || isNamed(output.schema(), bindings)) {
            contentType = MEDIA_TYPE;
            body = ByteStream.of(document(operation, output, bindings.body()));
        }
        if (!contentType.isEmpty() && !RestOutput.saysContentType(bindings, output)) {
            headers.add("Content-Type", contentType);
        }
        RestOutput.headers(bindings, output, headers);
        return new HttpResponse(status, headers.build(), body);
    }

    /** An output with members for the body has a root element even where none is set. */
    private static boolean isNamed(Schema schema, HttpBindings bindings) {
        return !bindings.body().isEmpty() && !schema.name().equals("Unit");
    }

    private static Bytes document(Operation<?, ?> operation, Structure output, List<Member> members) {
        Schema schema = output.schema();
        ServiceModel service = operation.service();
        if (S3Wire.isBareScalar(operation)) {
            return S3Wire.bareScalar(operation, output, members.getFirst());
        }
        String root = S3Wire.is(service)
                ? S3Wire.root(operation)
                : schema.traits().locationName().isEmpty()
                        ? schema.name()
                        : schema.traits().locationName();
        return written(
                service,
                root,
                schema.traits().xml().namespaceUri(),
                schema.traits().xml().namespacePrefix(),
                output,
                members);
    }

    private static Bytes payload(ServiceModel service, Member member, Structure value) {
        Schema schema = member.target();
        String root = !member.traits().locationName().isEmpty()
                ? member.traits().locationName()
                : schema.traits().locationName().isEmpty()
                        ? schema.name()
                        : schema.traits().locationName();
        var xml = member.traits().xml();
        return written(service, root, xml.namespaceUri(), xml.namespacePrefix(), value, schema.members());
    }

    private static Bytes written(
            ServiceModel service, String root, String uri, String prefix, Structure value, List<Member> members) {
        XmlText out = new XmlText().declaration().open(root);
        if (uri.isEmpty()) {
            out.namespace(S3Wire.namespace(service), "");
        } else {
            out.namespace(uri, prefix);
        }
        XmlShapeWriter writer = new XmlShapeWriter(out, S3Wire.is(service));
        writer.attributes(value, members);
        writer.elements(value, members);
        return out.close(root).bytes();
    }

    private static void requestId(Exchange exchange, Headers.Builder headers) {
        if (S3Wire.is(exchange.service())) {
            headers.add("x-amz-request-id", exchange.requestId())
                    .add("x-amz-id-2", S3Wire.hostId(exchange.requestId()));
        } else {
            headers.add("x-amzn-RequestId", exchange.requestId());
        }
    }

    @Override
    public HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange) {
        Failure failure = Failure.of(fault, operation, ServiceModel.Protocol.REST_XML);
        Headers.Builder headers = Headers.builder();
        requestId(exchange, headers);
        if (failure.content() != null) {
            RestOutput.headers(HttpBindings.ofOutput(failure.content().schema()), failure.content(), headers);
        }
        fault.headers().forEach(headers::add);
        boolean silent = exchange.request().method().equals("HEAD") || failure.status() == 304;
        if (!silent) {
            headers.add("Content-Type", MEDIA_TYPE);
        }
        Bytes body = silent
                ? Bytes.EMPTY
                : S3Wire.is(exchange.service()) ? S3Wire.error(failure, exchange) : error(failure, exchange);
        return HttpResponse.of(failure.status(), headers.build(), body);
    }

    private static Bytes error(Failure failure, Exchange exchange) {
        XmlText out = new XmlText()
                .declaration()
                .open("ErrorResponse")
                .namespace(exchange.service().xmlNamespace(), "");
        out.open("Error").element("Type", failure.blame()).element("Code", failure.code());
        errorMembers(out, failure);
        out.close("Error").element("RequestId", exchange.requestId());
        return out.close("ErrorResponse").bytes();
    }

    /** The message, and the other members of an error that are not bound to headers. */
    static void errorMembers(XmlText out, Failure failure) {
        Structure content = failure.content();
        if (content == null) {
            out.element("Message", failure.message());
            return;
        }
        Optional<Member> message = WireNames.message(content.schema());
        if (message.isEmpty() || !content.has(message.get())) {
            if (!failure.message().isEmpty()) {
                out.element("Message", failure.message());
            }
        }
        XmlShapeWriter writer = new XmlShapeWriter(out);
        for (Member member : HttpBindings.ofOutput(content.schema()).body()) {
            boolean isMessage = message.isPresent() && message.get() == member;
            if (isMessage && content.has(member)) {
                out.element("Message", (String) content.valueOf(member));
            } else if (!isMessage) {
                writer.elements(content, List.of(member));
            }
        }
    }
}
