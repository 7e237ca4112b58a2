package virga.observe;

import virga.kernel.Arn;
import virga.kernel.CallRecord;

/**
 * Something on the map: the client, or a resource with whatever belongs to it. An object is its bucket, an index or a stream its
 * table, a version or an alias its function, a rule its bus, an execution its state machine.
 *
 * @param id the ARN; {@code client}, or a service's name where a call names no resource
 */
public record Resource(String id, Kind kind, String name) {
    public static final Resource CLIENT = new Resource("client", Kind.CLIENT, "client");

    public enum Kind {
        CLIENT,
        API,
        FUNCTION,
        QUEUE,
        TOPIC,
        BUS,
        SCHEDULE,
        TABLE,
        BUCKET,
        STATE_MACHINE,
        LOG_GROUP,
        /** A service as a whole, or a resource of one that has no kind here. */
        OTHER
    }

    /** What a record was about: its first resource. */
    public static Resource of(CallRecord record) {
        if (record.resources().isEmpty() || !Arn.isArn(record.resources().getFirst())) {
            return new Resource(record.service(), Kind.OTHER, record.service());
        }
        return of(Arn.parse(record.resources().getFirst()));
    }

    public static Resource of(Arn arn) {
        String[] slashes = arn.resource().split("/");
        String[] colons = arn.resource().split(":");
        return switch (arn.service()) {
            case "lambda" ->
                colons.length > 1 ? make(arn, Kind.FUNCTION, "function:" + colons[1], colons[1]) : other(arn);
            case "sqs" -> make(arn, Kind.QUEUE, arn.resource(), arn.resource());
            case "sns" -> make(arn, Kind.TOPIC, colons[0], colons[0]);
            case "dynamodb" ->
                slashes.length > 1 ? make(arn, Kind.TABLE, "table/" + slashes[1], slashes[1]) : other(arn);
            case "s3" -> make(arn, Kind.BUCKET, slashes[0], slashes[0]);
            case "events" -> bus(arn, slashes);
            case "scheduler" -> make(arn, Kind.SCHEDULE, arn.resource(), arn.name());
            case "apigateway", "execute-api" -> api(arn, slashes);
            case "states" ->
                colons.length > 1 ? make(arn, Kind.STATE_MACHINE, "stateMachine:" + colons[1], colons[1]) : other(arn);
            case "logs" ->
                colons.length > 1 ? make(arn, Kind.LOG_GROUP, "log-group:" + colons[1], colons[1]) : other(arn);
            default -> other(arn);
        };
    }

    private static Resource bus(Arn arn, String[] parts) {
        boolean ownRule = parts[0].equals("rule") && parts.length == 3;
        boolean bus = parts[0].equals("event-bus") && parts.length > 1;
        String name = ownRule || bus ? parts[1] : "default";
        return make(arn, Kind.BUS, "event-bus/" + name, name);
    }

    /** {@code /apis/<id>/...} and {@code /restapis/<id>/...} of the control plane, {@code <id>/<stage>/...} of requests: the id. */
    private static Resource api(Arn arn, String[] parts) {
        boolean control = parts.length > 2 && parts[0].isEmpty();
        String id = control ? parts[2] : parts[0];
        return new Resource("arn:aws:apigateway:" + arn.region() + "::/apis/" + id, Kind.API, id);
    }

    private static Resource other(Arn arn) {
        return new Resource(arn.toString(), Kind.OTHER, arn.name());
    }

    private static Resource make(Arn arn, Kind kind, String resource, String name) {
        Arn whole = new Arn(arn.partition(), arn.service(), arn.region(), arn.account(), resource);
        return new Resource(whole.toString(), kind, name);
    }
}
