package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Faults;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.kernel.Arn;
import virga.model.dynamodb.CreateGlobalSecondaryIndexAction;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DeleteGlobalSecondaryIndexAction;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.GlobalSecondaryIndexUpdate;
import virga.model.dynamodb.ListTagsOfResourceInput;
import virga.model.dynamodb.SSESpecification;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.Tag;
import virga.model.dynamodb.TagResourceInput;
import virga.model.dynamodb.TimeToLiveSpecification;
import virga.model.dynamodb.UntagResourceInput;
import virga.model.dynamodb.UpdateGlobalSecondaryIndexAction;
import virga.model.dynamodb.UpdateTableInput;
import virga.model.dynamodb.UpdateTimeToLiveInput;

/** What an updated template changes in a table: one UpdateTable at a time, as AWS takes them. */
record TableChanges(Provisioning request, String name, TableProperties before) {
    void make(TableProvisioner provisioner) throws InterruptedException {
        TableProperties after = new TableProperties(request.properties());
        List<UpdateTableInput.Builder> updates = new ArrayList<>();
        settings(after).ifPresent(updates::add);
        updates.addAll(streams(after));
        updates.addAll(indexes(after));
        for (UpdateTableInput.Builder update : updates) {
            request.call(DynamoDb.UPDATE_TABLE, update.tableName(name).build());
            provisioner.untilReady(request, name);
        }
        timeToLive(after);
        if (before.recoverable() != after.recoverable()) {
            TableProvisioner.recover(request, name, after.recoverable());
        }
        tags();
    }

    private Optional<UpdateTableInput.Builder> settings(TableProperties after) {
        CreateTableInput old = before.table();
        CreateTableInput wanted = after.table();
        UpdateTableInput.Builder update = UpdateTableInput.builder();
        boolean changed = false;
        boolean capacity = !old.billingMode().equals(wanted.billingMode())
                || !old.provisionedThroughput().equals(wanted.provisionedThroughput());
        if (capacity) {
            update.billingMode(wanted.billingMode().orElseThrow());
            wanted.provisionedThroughput().ifPresent(update::provisionedThroughput);
            changed = true;
        }
        if (!old.deletionProtectionEnabled().equals(wanted.deletionProtectionEnabled())) {
            update.deletionProtectionEnabled(wanted.deletionProtectionEnabled().orElseThrow());
            changed = true;
        }
        if (!old.tableClass().equals(wanted.tableClass())) {
            update.tableClass(wanted.tableClass().orElseThrow());
            changed = true;
        }
        if (!old.sseSpecification().equals(wanted.sseSpecification())) {
            update.sseSpecification(wanted.sseSpecification()
                    .orElse(SSESpecification.builder().enabled(false).build()));
            changed = true;
        }
        return changed ? Optional.of(update) : Optional.empty();
    }

    /** A stream's view cannot be changed: it is switched off and a new one on. */
    private List<UpdateTableInput.Builder> streams(TableProperties after) {
        List<UpdateTableInput.Builder> updates = new ArrayList<>();
        if (before.streamViewType().equals(after.streamViewType())) {
            return updates;
        }
        if (!before.streamViewType().isEmpty()) {
            updates.add(UpdateTableInput.builder()
                    .streamSpecification(
                            StreamSpecification.builder().streamEnabled(false).build()));
        }
        if (!after.streamViewType().isEmpty()) {
            updates.add(UpdateTableInput.builder()
                    .streamSpecification(after.table().streamSpecification().orElseThrow()));
        }
        return updates;
    }

    private List<UpdateTableInput.Builder> indexes(TableProperties after) {
        Map<String, GlobalSecondaryIndex> old = byName(before.table().globalSecondaryIndexes());
        Map<String, GlobalSecondaryIndex> wanted = byName(after.table().globalSecondaryIndexes());
        List<GlobalSecondaryIndexUpdate> made = new ArrayList<>();
        List<GlobalSecondaryIndexUpdate> resized = new ArrayList<>();
        old.forEach((index, was) -> {
            if (!wanted.containsKey(index)) {
                made.add(delete(index));
            }
        });
        wanted.forEach((index, is) -> {
            GlobalSecondaryIndex was = old.get(index);
            if (was == null) {
                made.add(create(is));
            } else if (!sameShape(was, is)) {
                throw Faults.validation(
                        "CloudFormation cannot update a GSI's properties other than Provisioned Throughput"
                                + " and Contributor Insights Specification. You can create a new GSI with a different name.");
            } else if (!was.provisionedThroughput().equals(is.provisionedThroughput())
                    && is.provisionedThroughput().isPresent()) {
                resized.add(resize(is));
            }
        });
        if (made.size() > 1) {
            throw Faults.validation("Cannot perform more than one GSI creation or deletion in a single update");
        }
        List<UpdateTableInput.Builder> updates = new ArrayList<>();
        for (GlobalSecondaryIndexUpdate update : made) {
            updates.add(UpdateTableInput.builder()
                    .attributeDefinitions(after.table().attributeDefinitions())
                    .globalSecondaryIndexUpdates(List.of(update)));
        }
        if (!resized.isEmpty()) {
            updates.add(UpdateTableInput.builder().globalSecondaryIndexUpdates(resized));
        }
        return updates;
    }

    private void timeToLive(TableProperties after) {
        Optional<TimeToLiveSpecification> old = before.timeToLive();
        Optional<TimeToLiveSpecification> wanted = after.timeToLive();
        if (old.equals(wanted)) {
            return;
        }
        old.ifPresent(was -> timeToLive(was.toBuilder().enabled(false).build()));
        wanted.ifPresent(this::timeToLive);
    }

    private void timeToLive(TimeToLiveSpecification specification) {
        request.call(
                DynamoDb.UPDATE_TIME_TO_LIVE,
                UpdateTimeToLiveInput.builder()
                        .tableName(name)
                        .timeToLiveSpecification(specification)
                        .build());
    }

    private void tags() {
        String arn = Arn.of("dynamodb", request.call().scope(), "table/" + name).toString();
        List<Tag> old = request.call(
                        DynamoDb.LIST_TAGS_OF_RESOURCE,
                        ListTagsOfResourceInput.builder().resourceArn(arn).build())
                .tags();
        Retagging.change(
                old.stream().map(Tag::key).toList(),
                request.allTags(),
                gone -> request.call(
                        DynamoDb.UNTAG_RESOURCE,
                        UntagResourceInput.builder()
                                .resourceArn(arn)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        DynamoDb.TAG_RESOURCE,
                        TagResourceInput.builder()
                                .resourceArn(arn)
                                .tags(TableProvisioner.shown(wanted))
                                .build()));
    }

    private static Map<String, GlobalSecondaryIndex> byName(List<GlobalSecondaryIndex> indexes) {
        Map<String, GlobalSecondaryIndex> byName = new LinkedHashMap<>();
        indexes.forEach(index -> byName.put(index.indexName(), index));
        return byName;
    }

    private static boolean sameShape(GlobalSecondaryIndex one, GlobalSecondaryIndex other) {
        return one.keySchema().equals(other.keySchema()) && one.projection().equals(other.projection());
    }

    private static GlobalSecondaryIndexUpdate delete(String index) {
        return GlobalSecondaryIndexUpdate.builder()
                .delete(DeleteGlobalSecondaryIndexAction.builder()
                        .indexName(index)
                        .build())
                .build();
    }

    private static GlobalSecondaryIndexUpdate create(GlobalSecondaryIndex index) {
        CreateGlobalSecondaryIndexAction.Builder create = CreateGlobalSecondaryIndexAction.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection());
        index.provisionedThroughput().ifPresent(create::provisionedThroughput);
        return GlobalSecondaryIndexUpdate.builder().create(create.build()).build();
    }

    private static GlobalSecondaryIndexUpdate resize(GlobalSecondaryIndex index) {
        return GlobalSecondaryIndexUpdate.builder()
                .update(UpdateGlobalSecondaryIndexAction.builder()
                        .indexName(index.indexName())
                        .provisionedThroughput(index.provisionedThroughput().orElseThrow())
                        .build())
                .build();
    }
}
