package virga.observe.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import virga.observe.Sample;
import virga.observe.TestingRecords;
import virga.observe.logs.LogReader.PageRequest;
import virga.observe.logs.LogWriter.Line;
import virga.observe.logs.LogWriter.Rejected;
import virga.store.memory.MemoryStore;

final class LogStoreTest {
    private static final Instant NOW = Sample.BEGINNING;

    private final MemoryStore store = new MemoryStore();

    @Test
    void groupsAndStreamsAreMadeAndUnmade() {
        write(logs -> {
            logs.createGroup("g", Collections.emptySortedMap());
            logs.createStream("g", "s");
            logs.put("g", "s", lines("a", "b"), LogLimits.AWS);
        });
        refused("The specified log group already exists", logs -> logs.createGroup("g", Collections.emptySortedMap()));
        refused("The specified log stream already exists", logs -> logs.createStream("g", "s"));
        refused("The specified log group does not exist.", logs -> logs.createStream("h", "s"));
        refused("The specified log stream does not exist.", logs -> logs.put("g", "t", lines("a"), LogLimits.AWS));
        assertThat(group("g").storedBytes()).isEqualTo(2 * 27);
        write(logs -> logs.deleteStream("g", "s"));
        assertThat(group("g").storedBytes()).isZero();
        write(logs -> logs.deleteGroup("g"));
        assertThat(everything()).isEmpty();
    }

    @Test
    void deletingAGroupTakesItsEventsFromTheirInvocationsToo() {
        write(logs -> logs.append("g", "s", List.of(new Line(NOW, "hello", "r1"))));
        assertThat(ofRecord("r1")).extracting(LogEvent::message).containsExactly("hello");
        write(logs -> logs.deleteGroup("g"));
        assertThat(ofRecord("r1")).isEmpty();
        assertThat(everything()).isEmpty();
    }

    @Test
    void aStreamIsReadForwardAndBackwardInPages() {
        write(logs -> logs.append("g", "s", lines("0", "1", "2", "3", "4", "5", "6")));
        LogReader.Page first = page(3, true, "");
        assertThat(messages(first)).containsExactly("0", "1", "2");
        LogReader.Page second = page(3, true, first.forwardToken());
        assertThat(messages(second)).containsExactly("3", "4", "5");
        LogReader.Page third = page(3, true, second.forwardToken());
        assertThat(messages(third)).containsExactly("6");
        LogReader.Page end = page(3, true, third.forwardToken());
        assertThat(end.events()).isEmpty();
        assertThat(end.forwardToken()).as("at the end the token stays").isEqualTo(third.forwardToken());
        assertThat(messages(page(2, false, third.backwardToken()))).containsExactly("4", "5");
        assertThat(messages(page(2, false, "")))
                .as("without a token the latest come")
                .containsExactly("5", "6");
        assertThat(first.forwardToken()).matches("f/\\d{56}/s");
    }

    @Test
    void whatArrivesWhileReadingIsReadWithTheSameToken() {
        write(logs -> logs.append("g", "s", lines("0")));
        LogReader.Page page = page(10, true, "");
        write(logs -> logs.append("g", "s", List.of(new Line(NOW, "1", ""))));
        assertThat(messages(page(10, true, page.forwardToken()))).containsExactly("1");
    }

    @Test
    void aForeignTokenIsRefused() {
        write(logs -> logs.append("g", "s", lines("0")));
        assertThatThrownBy(() -> page(1, true, "x")).hasMessage("The specified nextToken is invalid.");
        assertThatThrownBy(() -> page(1, true, "f/" + "9".repeat(56) + "/s"))
                .hasMessage("The specified nextToken is invalid.");
    }

    @Test
    void aGroupIsSearchedAcrossItsStreamsInOrderOfTime() {
        write(logs -> {
            logs.append("g", "a-1", List.of(line(0, "ERROR one"), line(20, "ok"), line(40, "ERROR three")));
            logs.append("g", "a-2", List.of(line(10, "ERROR two"), line(40, "ERROR four")));
            logs.append("g", "b", List.of(line(5, "ERROR elsewhere")));
        });
        assertThat(search(new TreeSet<>(), "a-", 1))
                .containsExactly("ERROR one", "ERROR two", "ERROR three", "ERROR four");
        assertThat(search(new TreeSet<>(List.of("b")), "", 10)).containsExactly("ERROR elsewhere");
        assertThatThrownBy(() -> search(new TreeSet<>(List.of("none")), "", 10))
                .hasMessage("The specified log stream does not exist.");
    }

    @Test
    void whatAwsRefusesOfABatchIsRefused() {
        write(logs -> {
            logs.createGroup("g", Collections.emptySortedMap());
            logs.createStream("g", "s");
        });
        LogLimits tiny = new LogLimits(40, 60, 3, Duration.ofHours(24), Duration.ofDays(14), Duration.ofHours(2));
        refused(
                "Log events in a single PutLogEvents request must be in chronological order.",
                logs -> logs.put("g", "s", List.of(line(1, "a"), line(0, "b")), tiny));
        refused(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
                logs -> logs.put("g", "s", List.of(line(-86_400_001, "a"), line(0, "b")), tiny));
        refused(
                "Log event too large: 41 bytes exceeds limit of 40",
                logs -> logs.put("g", "s", lines("x".repeat(15)), tiny));
        refused(
                "Upload too large: 81 bytes exceeds limit of 60",
                logs -> logs.put("g", "s", lines("a", "b", "c"), tiny));
        refused("A batch has 1 to 3 log events, not 0", logs -> logs.put("g", "s", List.of(), tiny));
    }

    @Test
    void eventsThatAreTooOldExpiredOrTooNewAreRejectedAlone() {
        write(logs -> {
            logs.createGroup("g", Collections.emptySortedMap());
            logs.createStream("g", "s");
            logs.retain("g", 1);
        });
        long day = 86_400_000L;
        Rejected rejected = put(line(-day - 1, "expired"), line(-5, "good"));
        assertThat(rejected).isEqualTo(new Rejected(-1, 1, -1));
        assertThat(put(line(-15 * day, "old"), line(-14 * day - 1, "old"))).isEqualTo(new Rejected(2, 2, -1));
        assertThat(put(line(0, "good"), line(2 * 3_600_000L + 1, "new"))).isEqualTo(new Rejected(-1, -1, 1));
        assertThat(messages(page(10, true, ""))).containsExactly("good", "good");
    }

    @Test
    void retentionTakesOnlyWhatAwsTakesAndDeletesWhatItExpired() {
        write(logs -> {
            logs.append("g", "s", List.of(line(0, "old"), line(2 * 86_400_000L, "young")));
            logs.append("kept", "s", List.of(line(0, "for ever")));
            logs.retain("g", 1);
        });
        refused("1 validation error detected: Value '2' at 'retentionInDays'", logs -> logs.retain("g", 2));
        store.transact(transaction -> {
            LogWriter.trim(transaction, NOW.plus(Duration.ofDays(2)));
            return 0;
        });
        assertThat(messages(page(10, true, ""))).containsExactly("young");
        assertThat(group("g").storedBytes()).isEqualTo(26 + 5);
        assertThat(group("kept").storedBytes()).isPositive();
    }

    @Test
    void accountsAndRegionsDoNotSeeEachOther() {
        write(logs -> logs.append("g", "s", lines("a")));
        store.read(reading -> {
            assertThat(new LogReader(reading, Sample.SCOPE.withRegion("eu-central-1")).groups())
                    .isEmpty();
            assertThat(new LogReader(reading, Sample.SCOPE.withAccount("111111111111")).groups())
                    .isEmpty();
            return 0;
        });
    }

    @Test
    void functionOutputIsALogLikeAnyOther() {
        try (TestingRecords testing = new TestingRecords()) {
            testing.records().log(Sample.SCOPE, "/aws/lambda/f", "s", NOW.plusNanos(1_500_000), "one", "r1");
            testing.records().log(Sample.SCOPE, "/aws/lambda/f", "s", NOW.plusNanos(1_400_000), "two", "r1");
            List<LogEvent> written = testing.read(snapshot -> snapshot.logs("r1"));
            assertThat(written)
                    .extracting(LogEvent::message)
                    .as("arrival decides within a millisecond")
                    .containsExactly("one", "two");
            LogGroup group =
                    testing.read(snapshot -> snapshot.logs(Sample.SCOPE).requireGroup("/aws/lambda/f"));
            assertThat(group.retentionDays()).isZero();
        }
    }

    private Rejected put(Line... lines) {
        return store.transact(transaction ->
                new LogWriter(transaction, Sample.SCOPE, NOW).put("g", "s", List.of(lines), LogLimits.AWS));
    }

    private void write(Consumer<LogWriter> body) {
        store.transact(transaction -> {
            body.accept(new LogWriter(transaction, Sample.SCOPE, NOW));
            return 0;
        });
    }

    private void refused(String message, Consumer<LogWriter> body) {
        assertThatThrownBy(() -> write(body)).hasMessageStartingWith(message);
    }

    private LogGroup group(String name) {
        return store.read(reading -> new LogReader(reading, Sample.SCOPE).requireGroup(name));
    }

    private List<LogEvent> ofRecord(String id) {
        return store.read(reading -> LogReader.ofRecord(reading, id));
    }

    private LogReader.Page page(int limit, boolean fromHead, String token) {
        PageRequest asked = new PageRequest(Instant.MIN, Instant.MAX, limit, fromHead, token);
        return store.read(reading -> new LogReader(reading, Sample.SCOPE).page("g", "s", asked));
    }

    /** Reads every page. */
    private List<String> search(TreeSet<String> streams, String prefix, int limit) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            LogReader.Search search = new LogReader.Search(
                    Instant.MIN, Instant.MAX, streams, prefix, FilterPattern.parse("ERROR"), limit, next);
            LogReader.Filtered page = store.read(reading -> new LogReader(reading, Sample.SCOPE).filter("g", search));
            page.events().forEach(event -> found.add(event.message()));
            next = page.next();
        } while (!next.isEmpty());
        return found;
    }

    private List<String> everything() {
        return store.read(reading -> {
            List<String> keys = new ArrayList<>();
            for (var space :
                    List.of(LogKeys.GROUP, LogKeys.STREAM, LogKeys.EVENT, LogKeys.BY_STREAM, LogKeys.BY_RECORD)) {
                try (var entries = reading.scan(space.range())) {
                    entries.forEach(entry -> keys.add(entry.key().toString()));
                }
            }
            return keys;
        });
    }

    private static List<String> messages(LogReader.Page page) {
        return page.events().stream().map(LogEvent::message).toList();
    }

    private static Line line(long millis, String message) {
        return new Line(NOW.plusMillis(millis), message, "");
    }

    private static List<Line> lines(String... messages) {
        return java.util.stream.Stream.of(messages)
                .map(message -> line(0, message))
                .toList();
    }
}
