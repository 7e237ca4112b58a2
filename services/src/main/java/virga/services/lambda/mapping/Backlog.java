package virga.services.lambda.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Poller.Pending;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.Shard;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.Sqs;
import virga.store.Codec;

/** What a mapping's source holds that its poller could fetch now. Whoever asks looks as the account's root, and takes nothing. */
final class Backlog {
    private static final String VISIBLE = "ApproximateNumberOfMessages";

    private final Environment environment;
    private final Mapping mapping;

    Backlog(Environment environment, Mapping mapping) {
        this.environment = environment;
        this.mapping = mapping;
    }

    List<Pending> pending() {
        try {
            return mapping.source().isQueue() ? messages() : records();
        } catch (Fault sourceGone) {
            return List.of();
        }
    }

    private List<Pending> messages() {
        String count = environment
                .call(
                        call(),
                        Sqs.GET_QUEUE_ATTRIBUTES,
                        GetQueueAttributesRequest.builder()
                                .queueUrl(QueuePoller.url(mapping))
                                .attributeNames(List.of(VISIBLE))
                                .build())
                .attributes()
                .getOrDefault(VISIBLE, "0");
        return count.equals("0")
                ? List.of()
                : List.of(pending(count + " messages in "
                        + Arn.parse(mapping.source().arn()).resource()));
    }

    private List<Pending> records() {
        if (environment.ports().clock().frozen()) {
            return List.of(); // Readers of streams look every so often, and no time passes.
        }
        List<Pending> pending = new ArrayList<>();
        for (Shard shard : environment
                .call(
                        call(),
                        DynamoDbStreams.DESCRIBE_STREAM,
                        DescribeStreamInput.builder()
                                .streamArn(mapping.source().arn())
                                .build())
                .streamDescription()
                .orElseThrow()
                .shards()) {
            String id = shard.shardId().orElseThrow();
            if (!environment.isHeld(StreamPoller.inHand(mapping, id)) && hasMore(id)) {
                pending.add(
                        pending("records of the stream of " + mapping.source().table()));
            }
        }
        return pending;
    }

    private Pending pending(String what) {
        return new Pending(mapping.source().arn(), what + " that a function is to take");
    }

    private boolean hasMore(String shard) {
        Optional<String> reached =
                environment.read(reading -> reading.get(MappingKeys.CHECKPOINT.key(mapping.id(), shard), Codec.UTF8));
        if (reached.isEmpty() && mapping.source().startsAtLatest()) {
            return true; // Where it begins is not settled yet.
        }
        GetShardIteratorInput.Builder where =
                StreamPoller.after(mapping, shard, reached.orElse(StreamPoller.NOTHING_READ));
        String iterator = environment
                .call(call(), DynamoDbStreams.GET_SHARD_ITERATOR, where.build())
                .shardIterator()
                .orElseThrow();
        return !environment
                .call(
                        call(),
                        DynamoDbStreams.GET_RECORDS,
                        GetRecordsInput.builder()
                                .shardIterator(iterator)
                                .limit(1)
                                .build())
                .records()
                .isEmpty();
    }

    private Call call() {
        return environment
                .newCall(
                        mapping.scope(),
                        new Principal.Root(mapping.scope().account()),
                        Cause.root(environment.ports().ids().traceId()))
                .counted();
    }
}
