package virga.protocol.routing;

import java.util.Map;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.protocol.wire.ServerProtocol;

/** Where a request wants to go. */
public sealed interface Destination {
    /**
     * An operation of an AWS service; it may be one that {@linkplain Operation#isModelled() is not modelled}.
     *
     * @param protocol the wire protocol that this client speaks: a service may answer several
     * @param labels the decoded labels of a REST path, by member name
     */
    record ApiCall(
            ServiceModel service, Operation<?, ?> operation, ServiceModel.Protocol protocol, Map<String, String> labels)
            implements Destination {
        public ServerProtocol wire() {
            return ServerProtocol.of(protocol);
        }
    }

    /** Meant for an AWS service, but for nothing that it has; {@code fault} says so in the service's words. */
    record Refused(ServiceModel service, ServiceModel.Protocol protocol, Fault fault) implements Destination {
        public ServerProtocol wire() {
            return ServerProtocol.of(protocol);
        }
    }

    /**
     * A browser's question whether a page of another origin may use a bucket: no operation, and never signed.
     *
     * @param service S3, in whose shape a refusal is written
     * @param path the bucket, and after a slash the key where the question is about an object; decoded
     */
    record Preflight(ServiceModel service, String path) implements Destination {
        public ServerProtocol wire() {
            return ServerProtocol.of(ServiceModel.Protocol.REST_XML);
        }

        public String bucket() {
            return path.split("/", 2)[0];
        }

        public boolean isAboutObject() {
            return path.indexOf('/') >= 0 && !path.endsWith(bucket() + "/");
        }
    }

    /**
     * Not an API operation: a request to what the user deployed.
     *
     * @param id the API's id, the function URL's id, or the bucket
     */
    record UserEndpoint(Kind kind, String id) implements Destination {
        /** What kind of thing the user deployed. */
        public enum Kind {
            EXECUTE_API,
            FUNCTION_URL,
            BUCKET_WEBSITE
        }
    }
}
