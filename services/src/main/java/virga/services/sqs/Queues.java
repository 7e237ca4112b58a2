package virga.services.sqs;

import java.util.Optional;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.model.sqs.QueueDoesNotExist;
import virga.store.Reading;

/** Finds queues by the names that clients know them by. */
final class Queues {
    private final String endpoint;

    /** @param endpoint where queue URLs point to: the door's own address */
    Queues(String endpoint) {
        this.endpoint = endpoint;
    }

    String url(Queue queue) {
        return endpoint + "/" + queue.scope().account() + "/" + queue.name();
    }

    Optional<Queue> named(Reading reading, Scope scope, String name) {
        return reading.get(SqsKeys.queue(scope, name), SqsKeys.QUEUE_ROW);
    }

    /** The queue that a URL means: its last two segments are account and name, whatever host it was made for. */
    Queue at(Reading reading, Call call, String url) {
        String[] segments = url.split("/");
        if (segments.length < 2 || !segments[segments.length - 2].matches("\\d{12}")) {
            // Clients may pass a bare name.
            return named(reading, call.scope(), segments[segments.length - 1]).orElseThrow(Queues::missing);
        }
        Scope scope = call.scope().withAccount(segments[segments.length - 2]);
        return named(reading, scope, segments[segments.length - 1]).orElseThrow(Queues::missing);
    }

    Optional<Queue> withArn(Reading reading, Call call, String arn) {
        Arn parsed = Arn.parse(arn);
        Scope scope = new Scope(call.scope().environment(), parsed.account(), parsed.region());
        return named(reading, scope, parsed.resource());
    }

    /** The ARN that a call about the queue at {@code url} is authorised on. */
    String arnOf(Call call, String url) {
        String[] segments = url.split("/");
        String name = segments[segments.length - 1];
        boolean full = segments.length > 1 && segments[segments.length - 2].matches("\\d{12}");
        Scope scope = full ? call.scope().withAccount(segments[segments.length - 2]) : call.scope();
        return Arn.of("sqs", scope, name).toString();
    }

    static QueueDoesNotExist missing() {
        return new QueueDoesNotExist("The specified queue does not exist.");
    }
}
