package virga.server.door;

import java.util.List;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.protocol.constraint.ConstraintPolicy;
import virga.protocol.constraint.Violation;

/** How the services that do not use AWS's common framework refuse what their model does not allow: what is there they check themselves. */
enum InputRules implements ConstraintPolicy {
    /** Source: "Common Error Types", Amazon SQS API Reference. */
    SQS {
        @Override
        public Fault refuse(List<Violation> violations, Protocol protocol) {
            String member = violations.getFirst().member().name();
            return new Fault("MissingParameter", 400, "The request must contain the parameter " + member + ".");
        }
    },
    /** Source: "Error responses", Amazon S3 API Reference. */
    S3 {
        @Override
        public Fault refuse(List<Violation> violations, Protocol protocol) {
            return new Fault(
                    "MalformedXML",
                    400,
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
    };

    @Override
    public boolean counts(Violation violation) {
        return violation.kind() == Violation.Kind.NULL;
    }

    static ConstraintPolicy of(ServiceModel service) {
        return switch (service.modelName()) {
            case "sqs" -> SQS;
            case "s3" -> S3;
            default -> ConstraintPolicy.COMMON;
        };
    }
}
