package virga.services.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.sqs.GetQueueUrlRequest;
import virga.model.sqs.GetQueueUrlResult;
import virga.model.sqs.ListDeadLetterSourceQueuesRequest;
import virga.model.sqs.ListDeadLetterSourceQueuesResult;
import virga.model.sqs.ListQueuesRequest;
import virga.model.sqs.ListQueuesResult;
import virga.store.KeyRange;
import virga.store.Reading.Entry;

/** GetQueueUrl, ListQueues and ListDeadLetterSourceQueues. */
final class QueueLookup {
    private static final int MOST = 1000;

    private final Queues queues;

    QueueLookup(Queues queues) {
        this.queues = queues;
    }

    GetQueueUrlResult url(Call call, GetQueueUrlRequest input, UnitOfWork work) {
        Scope scope = call.scope().withAccount(input.queueOwnerAWSAccountId().orElse(call.account()));
        Queue queue = queues.named(work, scope, input.queueName()).orElseThrow(Queues::missing);
        return GetQueueUrlResult.builder().queueUrl(queues.url(queue)).build();
    }

    ListQueuesResult list(Call call, ListQueuesRequest input, UnitOfWork work) {
        // Only who asks for pages gets a token; others get the first thousand, as on AWS.
        int limit = input.maxResults().orElse(MOST);
        requirePageSize(limit);
        List<String> urls = new ArrayList<>();
        String next = "";
        for (Queue queue : from(call, work, input.nextToken().orElse(""))) {
            if (!queue.name().startsWith(input.queueNamePrefix().orElse(""))) {
                continue;
            }
            if (urls.size() == limit) {
                next = queue.name();
                break;
            }
            urls.add(queues.url(queue));
        }
        boolean paged = input.maxResults().isPresent() && !next.isEmpty();
        return ListQueuesResult.builder()
                .queueUrls(urls)
                .nextToken(paged ? next : null)
                .build();
    }

    ListDeadLetterSourceQueuesResult sources(Call call, ListDeadLetterSourceQueuesRequest input, UnitOfWork work) {
        String target = queues.at(work, call, input.queueUrl()).arn();
        int limit = input.maxResults().orElse(MOST);
        requirePageSize(limit);
        List<String> urls = new ArrayList<>();
        String next = null;
        for (Queue queue : from(call, work, input.nextToken().orElse(""))) {
            boolean sends = queue.redrive()
                    .filter(policy -> policy.deadLetterTargetArn().equals(target))
                    .isPresent();
            if (sends && urls.size() == limit) {
                next = queue.name();
                break;
            }
            if (sends) {
                urls.add(queues.url(queue));
            }
        }
        return ListDeadLetterSourceQueuesResult.builder()
                .queueUrls(urls)
                .nextToken(next)
                .build();
    }

    private static void requirePageSize(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + limit
                            + " for parameter MaxResults is invalid. Reason: Must be an integer from 1 to 1000, if provided.");
        }
    }

    private static List<Queue> from(Call call, UnitOfWork work, String firstName) {
        KeyRange all = SqsKeys.QUEUE.range(call.account(), call.region());
        KeyRange range = firstName.isEmpty() ? all : all.startingAt(SqsKeys.queue(call.scope(), firstName));
        try (Stream<Entry> rows = work.scan(range)) {
            return rows.map(row -> SqsKeys.QUEUE_ROW.decode(row.value())).toList();
        }
    }
}
