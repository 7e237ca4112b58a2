package virga.services.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.dynamodb.ContinuousBackupsDescription;
import virga.model.dynamodb.DescribeContinuousBackupsInput;
import virga.model.dynamodb.DescribeContinuousBackupsOutput;
import virga.model.dynamodb.DescribeTimeToLiveInput;
import virga.model.dynamodb.DescribeTimeToLiveOutput;
import virga.model.dynamodb.ListTagsOfResourceInput;
import virga.model.dynamodb.ListTagsOfResourceOutput;
import virga.model.dynamodb.PointInTimeRecoveryDescription;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.TableNotFoundException;
import virga.model.dynamodb.Tag;
import virga.model.dynamodb.TagResourceInput;
import virga.model.dynamodb.TimeToLiveDescription;
import virga.model.dynamodb.UntagResourceInput;
import virga.model.dynamodb.UpdateContinuousBackupsInput;
import virga.model.dynamodb.UpdateContinuousBackupsOutput;
import virga.model.dynamodb.UpdateTimeToLiveInput;
import virga.model.dynamodb.UpdateTimeToLiveOutput;

/** The settings of a table that have operations of their own: time to live, backups, tags. */
final class TableSettings {
    private static final int RECOVERY_DAYS = 35;

    UpdateTimeToLiveOutput updateTimeToLive(Call call, UpdateTimeToLiveInput input, UnitOfWork work) {
        Table table = Tables.described(work, call, input.tableName());
        String attribute = input.timeToLiveSpecification().attributeName();
        boolean enabled = input.timeToLiveSpecification().enabled();
        if (enabled && table.timeToLive().enabled()) {
            throw Faults.validation("TimeToLive is already enabled");
        }
        if (!enabled && !table.timeToLive().enabled()) {
            throw Faults.validation("TimeToLive is already disabled");
        }
        if (!enabled && !table.timeToLive().attribute().equals(attribute)) {
            throw Faults.validation("TimeToLive is active on a different AttributeName: current AttributeName is "
                    + table.timeToLive().attribute());
        }
        Table updated = table.with(enabled ? new Table.TimeToLive(attribute) : Table.TimeToLive.NONE);
        Tables.save(work, call.scope(), updated);
        if (enabled) {
            work.send(Backfill.KIND, Backfill.Work.ofExpiry(updated));
        } else {
            work.delete(DynamoDbKeys.EXPIRY.range(table.id()));
        }
        return UpdateTimeToLiveOutput.builder()
                .timeToLiveSpecification(input.timeToLiveSpecification())
                .build();
    }

    DescribeTimeToLiveOutput describeTimeToLive(Call call, DescribeTimeToLiveInput input, UnitOfWork work) {
        Table.TimeToLive timeToLive =
                Tables.described(work, call, input.tableName()).timeToLive();
        TimeToLiveDescription.Builder shown =
                TimeToLiveDescription.builder().timeToLiveStatus(timeToLive.enabled() ? "ENABLED" : "DISABLED");
        if (timeToLive.enabled()) {
            shown.attributeName(timeToLive.attribute());
        }
        return DescribeTimeToLiveOutput.builder()
                .timeToLiveDescription(shown.build())
                .build();
    }

    UpdateContinuousBackupsOutput updateBackups(Call call, UpdateContinuousBackupsInput input, UnitOfWork work) {
        Table table = backedUp(work, call, input.tableName());
        if (input.pointInTimeRecoverySpecification().recoveryPeriodInDays().isPresent()) {
            throw Fault.unsupported("dynamodb PointInTimeRecoverySpecification/RecoveryPeriodInDays");
        }
        boolean enabled = input.pointInTimeRecoverySpecification().pointInTimeRecoveryEnabled();
        boolean before = isRecoverable(table);
        Instant since = !enabled ? Instant.EPOCH : before ? table.settings().recoverySince() : call.at();
        Table updated = table.with(table.settings().withRecoverySince(since));
        Tables.save(work, call.scope(), updated);
        return UpdateContinuousBackupsOutput.builder()
                .continuousBackupsDescription(backups(updated, call))
                .build();
    }

    DescribeContinuousBackupsOutput describeBackups(Call call, DescribeContinuousBackupsInput input, UnitOfWork work) {
        return DescribeContinuousBackupsOutput.builder()
                .continuousBackupsDescription(backups(backedUp(work, call, input.tableName()), call))
                .build();
    }

    private static Table backedUp(UnitOfWork work, Call call, String name) {
        return Tables.find(work, call.scope(), name, call.at())
                .orElseThrow(() -> new TableNotFoundException("Table not found: " + Tables.name(name)));
    }

    private static boolean isRecoverable(Table table) {
        return !table.settings().recoverySince().equals(Instant.EPOCH);
    }

    private static ContinuousBackupsDescription backups(Table table, Call call) {
        PointInTimeRecoveryDescription.Builder recovery = PointInTimeRecoveryDescription.builder()
                .pointInTimeRecoveryStatus(isRecoverable(table) ? "ENABLED" : "DISABLED");
        if (isRecoverable(table)) {
            Instant oldest = call.at().minus(Duration.ofDays(RECOVERY_DAYS));
            Instant since = table.settings().recoverySince();
            recovery.recoveryPeriodInDays(RECOVERY_DAYS)
                    .earliestRestorableDateTime(since.isBefore(oldest) ? oldest : since)
                    .latestRestorableDateTime(call.at());
        }
        return ContinuousBackupsDescription.builder()
                .continuousBackupsStatus("ENABLED")
                .pointInTimeRecoveryDescription(recovery.build())
                .build();
    }

    void tag(Call call, TagResourceInput input, UnitOfWork work) {
        Table table = tagged(work, call, input.resourceArn());
        SortedMap<String, String> tags = new TreeMap<>(table.tags());
        input.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        Tables.save(work, call.scope(), table.withTags(tags));
    }

    void untag(Call call, UntagResourceInput input, UnitOfWork work) {
        Table table = tagged(work, call, input.resourceArn());
        SortedMap<String, String> tags = new TreeMap<>(table.tags());
        input.tagKeys().forEach(tags::remove);
        Tables.save(work, call.scope(), table.withTags(tags));
    }

    ListTagsOfResourceOutput tags(Call call, ListTagsOfResourceInput input, UnitOfWork work) {
        Table table = tagged(work, call, input.resourceArn());
        return ListTagsOfResourceOutput.builder()
                .tags(table.tags().entrySet().stream()
                        .map(entry -> Tag.builder()
                                .key(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static Table tagged(UnitOfWork work, Call call, String arn) {
        return Tables.find(work, call.scope(), arn, call.at())
                .orElseThrow(() -> new ResourceNotFoundException(
                        "Requested resource not found: ResourcArn: " + arn + " not found"));
    }
}
