package virga.services.cloudformation.sam;

import java.util.List;
import virga.kernel.Fault;

/** The errors of the transform, in AWS's words. */
final class SamErrors {
    private SamErrors() {}

    static Fault resource(String logicalId, String message) {
        return fault("Resource with id [" + logicalId + "] is invalid. " + message);
    }

    static Fault event(String eventId, String message) {
        return fault("Event with id [" + eventId + "] is invalid. " + message);
    }

    static Fault template(String message) {
        return fault("Structure of the SAM Template is invalid. " + message);
    }

    static Fault fault(String message) {
        return new Fault("ValidationError", 400, message);
    }

    static Fault document(List<Fault> faults) {
        StringBuilder message =
                new StringBuilder("Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application"
                        + " Specification document. Number of errors found: " + faults.size() + ".");
        faults.stream()
                .map(Fault::getMessage)
                .sorted()
                .forEach(text -> message.append(' ').append(text));
        return fault(message.toString());
    }
}
