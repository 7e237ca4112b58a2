package virga.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.spine.Cloud;
import virga.kernel.Fault;
import virga.protocol.Parameters;
import virga.reviewer.Report;
import virga.reviewer.Review;
import virga.reviewer.replay.Crash;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.ReplayRequest;
import virga.reviewer.replay.Schedule;
import virga.reviewer.rules.Suppressions;
import virga.server.Composition;
import virga.server.admin.AdminApi.Answer;

/** Reviews of an environment, and replays of single events. */
final class ReviewAdmin {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long SEED = 1;

    private final Review review;
    private final ProgressLines progress = new ProgressLines();

    ReviewAdmin(Composition composition) {
        Cloud cloud = composition.cloud();
        this.review = new Review(cloud, composition.records().observatory()::of, Crash.of(composition.engine()));
    }

    /** @param asked {@code suppressions}, the text of a file of them, and {@code seed}; both may be left out */
    Answer review(String environment, ObjectNode asked, Parameters parameters) {
        try {
            Suppressions given = Suppressions.read(
                    Suppressions.FILE, asked.path("suppressions").asText(""));
            long seed = asked.has("seed") ? asked.get("seed").asLong() : seed(parameters);
            Report report = review.of(environment, given, seed, PATIENCE, progress.begin(token(parameters)));
            return isJson(parameters) || !asked.isEmpty()
                    ? new Answer("application/json", report.json().text())
                    : Answer.text(report.text());
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            progress.end(token(parameters));
        }
    }

    /** @param parts {@code replay} and the id of an invocation */
    Answer replay(String environment, List<String> parts, Parameters parameters) {
        if (parts.size() != 2) {
            throw new Fault("InvalidRequest", 400, "replay takes the id of one invocation");
        }
        try {
            Judgement judgement = review.replay()
                    .judge(environment, parts.get(1), asked(parameters), progress.begin(token(parameters)));
            return isJson(parameters)
                    ? new Answer("application/json", Report.json(judgement).text())
                    : Answer.text(Report.text(judgement));
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            progress.end(token(parameters));
        }
    }

    /** What a review or replay that runs has done so far. */
    Answer progress(Parameters parameters) {
        return Answer.json(progress.since(parameters));
    }

    private static String token(Parameters parameters) {
        return parameters.first("token").orElse("");
    }

    private static ReplayRequest asked(Parameters parameters) {
        return new ReplayRequest(
                schedules(parameters),
                seed(parameters),
                parameters.first("point").orElse(""),
                parameters.first("records").map(ReviewAdmin::positions).orElse(List.of()));
    }

    private static List<Integer> positions(String text) {
        if (!text.matches("\\d{1,5}(,\\d{1,5})*")) {
            throw new Fault("InvalidRequest", 400, "records are positions such as 2,5, not: " + text);
        }
        return Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }

    private static Set<Schedule> schedules(Parameters parameters) {
        return parameters
                .first("schedule")
                .map(letter -> Schedule.of(letter)
                        .orElseThrow(() -> new Fault(
                                "InvalidRequest", 400, "There is no schedule " + letter + "; there are a, b, c and s")))
                .map(EnumSet::of)
                .orElseGet(() -> EnumSet.allOf(Schedule.class));
    }

    private static long seed(Parameters parameters) {
        return parameters
                .first("seed")
                .map(text -> {
                    try {
                        return Long.parseLong(text);
                    } catch (NumberFormatException e) {
                        throw new Fault("InvalidRequest", 400, "seed is not a number: " + text);
                    }
                })
                .orElse(SEED);
    }

    private static boolean isJson(Parameters parameters) {
        return parameters.first("format").filter("json"::equals).isPresent();
    }

    private static Fault interrupted() {
        Thread.currentThread().interrupt();
        return new Fault("ServiceUnavailable", 503, "The cloud is stopping");
    }
}
