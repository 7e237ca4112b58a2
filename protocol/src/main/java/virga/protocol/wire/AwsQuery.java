package virga.protocol.wire;

import java.util.Map;
import java.util.Optional;
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
import virga.protocol.Parameters;

/** awsQuery: a form with an {@code Action} goes in, XML comes out. A GET with the same parameters in its query works too. */
final class AwsQuery implements ServerProtocol {
    static final AwsQuery PROTOCOL = new AwsQuery();

    private AwsQuery() {}

    @Override
    public Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request) {
        Unsupported.refuseUnmodelled(operation);
        Bytes body = request.body().readAll();
        Parameters parameters = body.isEmpty() ? request.parameters() : Parameters.parse(body.utf8());
        return atPath(operation, request, QueryShapeReader.structure(operation.input(), ParameterTree.of(parameters)));
    }

    /** SQS takes the URL that a form was sent to for the queue's, where the form names none. Source: "Making Query API requests", SQS. */
    private static Structure atPath(Operation<?, ?> operation, HttpRequest request, Structure input) {
        Optional<Member> url = input.schema().member("QueueUrl");
        boolean absent = url.isPresent() && !input.has(url.get());
        if (!absent
                || request.path().length() <= 1
                || !operation.service().name().equals("sqs")) {
            return input;
        }
        Object[] values = new Object[input.schema().members().size()];
        for (Member member : input.schema().members()) {
            values[member.index()] = input.valueOf(member);
        }
        values[url.get().index()] = "http://" + request.headers().value("Host", "localhost") + request.path();
        return input.schema().make(values);
    }

    @Override
    public HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange) {
        String root = operation.name() + "Response";
        String result = operation.name() + "Result";
        XmlText out = new XmlText().open(root).namespace(exchange.service().xmlNamespace(), "");
        Schema schema = output.schema();
        // Also where there is nothing in it: botocore looks for it wherever the model names an output.
        out.open(result);
        new XmlShapeWriter(out).elements(output, schema.members());
        out.close(result);
        out.open("ResponseMetadata").element("RequestId", exchange.requestId()).close("ResponseMetadata");
        return response(200, exchange, out.close(root).bytes());
    }

    @Override
    public HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange) {
        Failure failure = Failure.of(fault, operation, ServiceModel.Protocol.AWS_QUERY);
        boolean queryIsOld = exchange.service().protocols().getFirst() != ServiceModel.Protocol.AWS_QUERY;
        XmlText out =
                new XmlText().open("ErrorResponse").namespace(exchange.service().xmlNamespace(), "");
        out.open("Error")
                .element("Type", failure.blame())
                .element("Code", queryIsOld ? failure.queryCode() : failure.code());
        RestXml.errorMembers(out, failure);
        out.close("Error").element("RequestId", exchange.requestId());
        return response(failure.status(), exchange, out.close("ErrorResponse").bytes());
    }

    private static HttpResponse response(int status, Exchange exchange, Bytes body) {
        Headers headers = Headers.of("x-amzn-RequestId", exchange.requestId(), "Content-Type", "text/xml");
        return HttpResponse.of(status, headers, body);
    }
}
