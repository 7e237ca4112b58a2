package virga.protocol.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;
import virga.model.CommonError;
import virga.model.ServiceModel;
import virga.protocol.HttpRequest;
import virga.protocol.signature.CredentialScope;

/** What AWS answers to operations it does not have, and what Virga answers for services it does not have. */
final class Unknown {
    private Unknown() {}

    /** A service without operations, so that a refusal has a shape to be written in. */
    static ServiceModel service(Optional<CredentialScope> scope) {
        String name = scope.map(CredentialScope::service).orElse("unknown");
        return new ServiceModel(
                name, name, name, name, "", List.of(ServiceModel.Protocol.REST_JSON), "", "1.1", "", Map.of());
    }

    static Fault supported(String service) {
        return Fault.unsupported("the service of " + service);
    }

    static Fault operation(ServiceModel service, ServiceModel.Protocol protocol) {
        return CommonError.UNKNOWN_OPERATION.of(service, protocol, "");
    }

    static Fault restOperation(ServiceModel service, ServiceModel.Protocol protocol, HttpRequest request) {
        return CommonError.UNKNOWN_OPERATION.of(
                service, protocol, "No operation matches " + request.method() + " " + request.path());
    }

    static Fault s3Method(ServiceModel s3, HttpRequest request) {
        if (request.mediaType().equals("multipart/form-data")) {
            return Fault.unsupported("S3 POST policy forms");
        }
        return CommonError.UNKNOWN_OPERATION.of(s3, "The specified method is not allowed against this resource.");
    }

    static Fault action(ServiceModel service, String action, String version) {
        return switch (service.modelName()) {
            case "sqs" -> action(service, "The action " + action + " is not valid for this endpoint.");
            default -> action(service, "Could not find operation " + action + " for version " + version);
        };
    }

    private static Fault action(ServiceModel service, String message) {
        return CommonError.UNKNOWN_OPERATION.of(service, ServiceModel.Protocol.AWS_QUERY, message);
    }
}
