package virga.protocol.routing;

import java.util.Optional;

/** {@code /service/{service}/operation/{operation}}. Source: Smithy RPC v2 CBOR, "Requests". */
record RpcV2Path(String service, String operation) {
    static Optional<RpcV2Path> of(String path) {
        String[] parts = path.split("/");
        return parts.length == 5 && parts[1].equals("service") && parts[3].equals("operation")
                ? Optional.of(new RpcV2Path(parts[2], parts[4]))
                : Optional.empty();
    }
}
