package orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;

/** Writes one line for each change of an order, from the table's stream. */
public class Audit implements RequestHandler<Map<String, Object>, Void> {
    @Override
    @SuppressWarnings("unchecked") // the shape of a stream event is AWS's
    public Void handleRequest(Map<String, Object> event, Context context) {
        for (Map<String, Object> record : (List<Map<String, Object>>) event.get("Records")) {
            Map<String, Object> change = (Map<String, Object>) record.get("dynamodb");
            context.getLogger().log("audit: " + record.get("eventName") + " " + text(change.get("Keys"), "orderId") + " "
                    + text(change.get("OldImage"), "status") + " -> " + text(change.get("NewImage"), "status"));
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static String text(Object image, String attribute) {
        if (image == null) {
            return "-";
        }
        return String.valueOf(((Map<String, Map<String, Object>>) image).get(attribute).get("S"));
    }
}
