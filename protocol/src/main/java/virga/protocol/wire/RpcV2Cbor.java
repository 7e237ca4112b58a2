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

/** Smithy RPC v2 CBOR: the operation in the path, everything else in a CBOR body. */
final class RpcV2Cbor implements ServerProtocol {
    static final RpcV2Cbor PROTOCOL = new RpcV2Cbor();

    private RpcV2Cbor() {}

    @Override
    public Structure parse(Operation<?, ?> operation, Map<String, String> labels, HttpRequest request) {
        Unsupported.refuseUnmodelled(operation);
        Schema schema = operation.input();
        Bytes body = request.body().readAll();
        return body.isEmpty() ? schema.make(new Object[schema.members().size()]) : CborShapeReader.read(body, schema);
    }

    @Override
    public HttpResponse answer(Operation<?, ?> operation, Structure output, Exchange exchange) {
        Headers.Builder headers = headers(exchange);
        if (output.schema().name().equals("Unit")) {
            return HttpResponse.of(200, headers.build(), Bytes.EMPTY);
        }
        CborOutput out = new CborOutput();
        new CborShapeWriter(out).structure(output);
        return HttpResponse.of(
                200, headers.add("Content-Type", "application/cbor").build(), out.toBytes());
    }

    @Override
    public HttpResponse refuse(Fault fault, Optional<Operation<?, ?>> operation, Exchange exchange) {
        Failure failure = Failure.of(fault, operation, ServiceModel.Protocol.RPC_V2_CBOR);
        Structure content = failure.content();
        Optional<Member> message = content == null ? Optional.empty() : WireNames.message(content.schema());
        boolean tell = !failure.message().isEmpty() && !(message.isPresent() && content.has(message.get()));
        int members = content == null ? 0 : CborShapeWriter.count(content);
        CborOutput out = new CborOutput();
        out.head(CborOutput.MAP, members + (tell ? 2 : 1));
        out.text("__type");
        out.text(failure.code());
        if (tell) {
            out.text(message.map(Member::name).orElse("message"));
            out.text(failure.message());
        }
        if (content != null) {
            new CborShapeWriter(out).members(content);
        }
        Headers.Builder headers = headers(exchange).add("Content-Type", "application/cbor");
        if (exchange.service().protocols().contains(ServiceModel.Protocol.AWS_QUERY)) {
            headers.add("x-amzn-query-error", failure.queryCode() + ";" + failure.blame());
        }
        return HttpResponse.of(failure.status(), headers.build(), out.toBytes());
    }

    private static Headers.Builder headers(Exchange exchange) {
        return Headers.builder().add("x-amzn-RequestId", exchange.requestId()).add("smithy-protocol", "rpc-v2-cbor");
    }
}
