package virga.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Details;
import virga.kernel.system.VirtualThreads;
import virga.store.Reading.Direction;
import virga.store.memory.MemoryStore;

final class RecordsTest {
    @Test
    void aRecordIsReadBackWhole() {
        CallRecord record = Sample.call("r1", "dynamodb", "PutItem")
                .on("arn:aws:dynamodb:us-east-1:000000000000:table/orders")
                .input(Bytes.ofUtf8("in"))
                .output(Bytes.ofUtf8("out"))
                .detail(Details.CONSUMED_WRITE_UNITS, "1")
                .fails("ConditionalCheckFailedException", 400)
                .record();
        try (TestingRecords testing = TestingRecords.of(record)) {
            assertThat(testing.find("r1")).contains(record);
            assertThat(testing.find("r2")).isEmpty();
        }
    }

    @Test
    void aReadSeesEverythingRecordedBeforeIt() {
        try (TestingRecords testing = new TestingRecords()) {
            for (int i = 0; i < 5_000; i++) {
                testing.records()
                        .record(Sample.call("r" + i, "sqs", "SendMessage").at(i).record());
                testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
                if (i % 1_000 == 0) {
                    int sofar = i;
                    assertThat(testing.total()).isEqualTo(sofar + 1L);
                    assertThat(testing.find("r" + sofar)).isPresent();
                }
            }
            assertThat(testing.total()).isEqualTo(5_000);
        }
    }

    @Test
    void manyWhoRecordAtOnceLoseNothing() throws InterruptedException {
        try (TestingRecords testing = new TestingRecords()) {
            VirtualThreads threads = new VirtualThreads(testing.bugs()::add);
            List<Thread> writers = IntStream.range(0, 20)
                    .mapToObj(writer -> threads.start("writer" + writer, () -> {
                        for (int i = 0; i < 1_000; i++) {
                            String id = writer + "-" + i;
                            testing.records()
                                    .record(Sample.call(id, "sqs", "SendMessage")
                                            .at(i)
                                            .record());
                        }
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(testing.total()).isEqualTo(20_000);
            assertThat(testing.bugs()).isEmpty();
        }
    }

    @Test
    void recordsAreFoundByTimeInBothDirections() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("b", "sqs", "SendMessage").at(20).record(),
                Sample.call("a", "sqs", "SendMessage").at(10).record(),
                Sample.call("c", "sqs", "SendMessage").at(30).record())) {
            RecordFilter upToC = RecordFilter.between(Sample.BEGINNING, Sample.BEGINNING.plusMillis(30));
            assertThat(ids(testing, upToC, Direction.FORWARD)).containsExactly("a", "b");
            assertThat(ids(testing, RecordFilter.ALL, Direction.BACKWARD)).containsExactly("c", "b", "a");
        }
    }

    @Test
    void aFilterLetsThroughWhatMeetsAllOfIt() {
        String queue = "arn:aws:sqs:us-east-1:000000000000:orders";
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("a", "sqs", "SendMessage").on(queue).by("me").record(),
                Sample.call("b", "sqs", "SendMessage").on(queue).by("you").at(1).record(),
                Sample.call("c", "sqs", "DeleteMessage")
                        .on(queue)
                        .by("me")
                        .fails("X", 400)
                        .at(2)
                        .record(),
                Sample.invocation("d", "orders").by("me").at(3).record())) {
            Direction forward = Direction.FORWARD;
            assertThat(ids(testing, RecordFilter.ALL.service("sqs").principal("me"), forward))
                    .containsExactly("a", "c");
            assertThat(ids(testing, RecordFilter.ALL.operation("SendMessage"), forward))
                    .containsExactly("a", "b");
            assertThat(ids(testing, RecordFilter.ALL.resource(queue).outcome("ok"), forward))
                    .containsExactly("a", "b");
            assertThat(ids(testing, RecordFilter.ALL.outcome(RecordFilter.FAILED), forward))
                    .containsExactly("c");
            assertThat(ids(testing, RecordFilter.ALL.kind(CallRecord.Kind.INVOCATION), forward))
                    .containsExactly("d");
        }
    }

    @Test
    void oneIdMayHaveSeveralAttempts() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("r", "ship").fails("Unhandled", 200).record(),
                Sample.invocation("r", "ship").at(60_000).record())) {
            List<String> outcomes = testing.read(
                    snapshot -> snapshot.attempts("r").map(CallRecord::outcome).toList());
            assertThat(outcomes).containsExactly("Unhandled", "ok");
            assertThat(testing.find("r").orElseThrow().failed()).isFalse();
        }
    }

    @Test
    void aRecordThatIsWrittenTwiceIsKeptOnce() {
        CallRecord record = Sample.call("r", "sqs", "SendMessage").record();
        try (TestingRecords testing = TestingRecords.of(record, record)) {
            assertThat(testing.total()).isEqualTo(1);
            assertThat(testing.ofTrace(Sample.TRACE)).hasSize(1);
        }
    }

    @Test
    void aBatchIsFoundUnderEachOfItsCauses() {
        Cause first = new Cause("1-00000001-aaaaaaaaaaaaaaaaaaaaaaaa", "send1", "sqs");
        Cause second = new Cause("1-00000002-bbbbbbbbbbbbbbbbbbbbbbbb", "send2", "sqs");
        try (TestingRecords testing = TestingRecords.of(Sample.invocation("batch", "ship")
                .causedBy(first)
                .causedBy(second)
                .record())) {
            assertThat(testing.causedBy("send1")).hasSize(1);
            assertThat(testing.causedBy("send2")).hasSize(1);
            assertThat(testing.ofTrace(second.traceId())).hasSize(1);
        }
    }

    @Test
    void longPayloadsAreCutAndSaySo() {
        Bytes large = Bytes.wrap(new byte[Records.MOST_PAYLOAD_BYTES + 7]);
        try (TestingRecords testing = TestingRecords.of(Sample.call("r", "s3", "PutObject")
                .input(large)
                .output(Bytes.ofUtf8("ok"))
                .record())) {
            CallRecord kept = testing.read(snapshot -> snapshot.find("r").orElseThrow());
            assertThat(kept.input().length()).isEqualTo(Records.MOST_PAYLOAD_BYTES);
            assertThat(kept.details()).containsEntry(Details.INPUT_CUT, Integer.toString(large.length()));
            assertThat(kept.details()).doesNotContainKey(Details.OUTPUT_CUT);
            assertThat(kept.output()).isEqualTo(Bytes.ofUtf8("ok"));
        }
    }

    @Test
    void unrecordedCallsAreCountedByMinute() {
        try (TestingRecords testing = new TestingRecords()) {
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.records().flush();
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "AccessDenied");
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.clock().advance(Duration.ofSeconds(60));
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            Instant minute = Sample.BEGINNING.truncatedTo(ChronoUnit.MINUTES);
            assertThat(testing.counts(minute, minute.plusSeconds(60)))
                    .extracting(Count::outcome, Count::calls)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("AccessDenied", 1L),
                            org.assertj.core.groups.Tuple.tuple("ok", 3L));
            assertThat(testing.counts(minute, minute.plusSeconds(120))).hasSize(3);
        }
    }

    @Test
    void theOldestLeaveWhenThereAreTooMany() {
        try (TestingRecords testing = new TestingRecords(new Retention(Duration.ofDays(1), 3))) {
            for (int i = 0; i < 10; i++) {
                testing.records()
                        .record(Sample.call("r" + i, "sqs", "SendMessage")
                                .input(Bytes.ofUtf8("x"))
                                .after("p", "client")
                                .at(i)
                                .record());
                testing.records().flush();
            }
            assertThat(ids(testing, RecordFilter.ALL, Direction.FORWARD)).containsExactly("r7", "r8", "r9");
            assertThat(testing.total()).isEqualTo(3);
            assertThat(testing.causedBy("p")).hasSize(3);
            assertThat(everyKeyMentioning(testing, "r0")).isEmpty();
        }
    }

    @Test
    void whatIsTooOldLeaves() {
        try (TestingRecords testing = new TestingRecords(new Retention(Duration.ofHours(1), 100))) {
            testing.records().record(Sample.call("old", "sqs", "SendMessage").record());
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.records().flush();
            testing.clock().advance(Duration.ofHours(2));
            testing.records()
                    .record(Sample.call("new", "sqs", "SendMessage")
                            .at(7_200_000)
                            .record());
            assertThat(ids(testing, RecordFilter.ALL, Direction.FORWARD)).containsExactly("new");
            assertThat(testing.counts(Instant.MIN, Instant.MAX)).isEmpty();
        }
    }

    @Test
    void recordsOutliveTheirWriter() {
        MemoryStore store = new MemoryStore();
        TestingClock clock = new TestingClock();
        VirtualThreads threads = new VirtualThreads(thrown -> {});
        try (Records first = new Records(store, clock, threads, Retention.DEFAULT)) {
            first.record(Sample.call("r", "sqs", "SendMessage").record());
        }
        try (Records second = new Records(store, clock, threads, Retention.DEFAULT)) {
            assertThat(second.<Boolean>read(snapshot -> snapshot.find("r").isPresent()))
                    .isTrue();
        }
    }

    @Test
    void recordingAfterTheEndIsABug() {
        TestingRecords testing = new TestingRecords();
        testing.close();
        CallRecord late = Sample.call("r", "sqs", "SendMessage").record();
        assertThatThrownBy(() -> testing.records().record(late)).isInstanceOf(Bug.class);
    }

    @Test
    void nobodyWaitsForAWriterThatDied() {
        try (TestingRecords testing = new TestingRecords()) {
            testing.store().close();
            assertThatThrownBy(() -> {
                        while (true) {
                            testing.records()
                                    .record(Sample.call("r", "sqs", "SendMessage")
                                            .record());
                            testing.records().flush();
                        }
                    })
                    .isInstanceOf(Bug.class);
        }
    }

    private static List<String> ids(TestingRecords testing, RecordFilter filter, Direction direction) {
        return testing.read(snapshot -> snapshot.records(filter, 100, direction).stream()
                .map(CallRecord::id)
                .toList());
    }

    private static List<String> everyKeyMentioning(TestingRecords testing, String id) {
        return testing.store()
                .read(reading -> List.of(
                                RecordKeys.RECORD,
                                RecordKeys.PAYLOADS,
                                RecordKeys.BY_ID,
                                RecordKeys.BY_PARENT,
                                RecordKeys.BY_TRACE)
                        .stream()
                        .flatMap(space -> {
                            try (var entries = reading.scan(space.range())) {
                                return entries.map(entry -> entry.key().toString()).toList().stream();
                            }
                        })
                        .filter(key -> key.contains("id=" + id + ")") || key.contains("id=" + id + ","))
                        .toList());
    }
}
