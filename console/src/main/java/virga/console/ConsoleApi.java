package virga.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.model.ServiceModel;
import virga.observe.Names;
import virga.observe.Observatory;
import virga.observe.Records;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.observe.cost.PriceList;
import virga.observe.json.Json;
import virga.observe.lineage.Lineage;
import virga.observe.map.ServiceMap;
import virga.observe.trace.TraceView;

/**
 * The console: its page and the readings that the page draws.
 *
 * <table>
 * <caption>Paths below {@link #ROOT}; all take {@code environment}, {@code default} where it is not given</caption>
 * <tr><td>{@code api/environments}</td><td>their names</td></tr>
 * <tr><td>{@code api/map}</td><td>the service map; {@code minutes} back, 0 for everything</td></tr>
 * <tr><td>{@code api/traces}</td><td>the newest traces; {@code minutes}, {@code resource} to keep those that touch it, {@code limit},
 * {@code managing=true} with those by which clients deploy</td></tr>
 * <tr><td>{@code api/trace}</td><td>every hop of the trace {@code id}</td></tr>
 * <tr><td>{@code api/record}</td><td>what was asked and answered in the record {@code id}; {@code attempt} from 0 where it was tried
 * again</td></tr>
 * </table>
 *
 * A question that cannot be answered is answered {@code {"message": ...}} with status 400 or 404.
 */
public final class ConsoleApi {
    /** Where the console expects to be found. */
    public static final String ROOT = "/_virga/console";

    private static final String API = "api/";

    private final Observatory observatory;
    private final Environments environments;
    private final RecordedPayloads payloads;

    /** @param models of the services, in whose form calls are kept */
    public ConsoleApi(Observatory observatory, Environments environments, Collection<ServiceModel> models) {
        this.observatory = observatory;
        this.environments = environments;
        this.payloads = new RecordedPayloads(models);
    }

    /**
     * Answers a GET.
     *
     * @param path as requested, decoded
     * @param query the parameters by name
     * @return empty where the path is not the console's
     */
    public Optional<ConsoleAnswer> handle(String path, Map<String, String> query) {
        if (path.equals(ROOT)) {
            return Assets.find("");
        }
        if (!path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String name = path.substring(ROOT.length() + 1);
        if (!name.startsWith(API)) {
            return Assets.find(name).or(() -> Optional.of(problem(404, "There is no page " + path)));
        }
        try {
            return Optional.of(read(name.substring(API.length()), new Query(query)));
        } catch (Query.Refused refused) {
            return Optional.of(problem(400, refused.getMessage()));
        }
    }

    private ConsoleAnswer read(String reading, Query query) {
        return switch (reading) {
            case "environments" -> found(Map.of("environments", environments.names()));
            case "map" ->
                inside(
                        query,
                        (records, names) -> found(ServiceMap.of(records, since(query), Instant.MAX)
                                .json(names)));
            case "traces" -> inside(query, (records, names) -> traces(query, records, names));
            case "trace" -> {
                String id = query.required("id");
                yield inside(
                        query,
                        (records, names) -> Lineage.of(records, id)
                                .map(lineage -> found(TraceView.of(lineage, PriceList.usEast1(), names)
                                        .json()))
                                .orElseGet(() -> problem(404, "Nothing is kept of the trace " + id)));
            }
            case "record" -> {
                String id = query.required("id");
                int attempt = query.number("attempt", 0, 100_000);
                yield inside(
                        query,
                        (records, names) -> records.attempts(id)
                                .skip(attempt)
                                .findFirst()
                                .map(record -> found(record(records, record)))
                                .orElseGet(() -> problem(404, "Nothing is kept of the record " + id)));
            }
            default -> problem(404, "There is no reading " + reading);
        };
    }

    private ConsoleAnswer inside(Query query, BiFunction<Snapshot, Names, ConsoleAnswer> reading) {
        String environment = query.environment();
        Optional<Records> records = observatory.find(environment);
        if (records.isEmpty()) {
            return problem(404, "There is no environment " + environment);
        }
        // Before the records are read: asking for names reads the same store.
        Names names = environments.names(environment);
        return records.get().read(snapshot -> reading.apply(snapshot, names));
    }

    private ConsoleAnswer traces(Query query, Snapshot records, Names names) {
        String resource = query.text("resource", "");
        RecentTraces recent = new RecentTraces(resource, query.number("limit", 50, 500), query.flag("managing"));
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("resource", Arn.isArn(resource) ? names.shown(Resource.of(Arn.parse(resource))) : resource);
        fields.put("traces", recent.read(records, since(query), names));
        return found(fields);
    }

    private Instant since(Query query) {
        int minutes = query.number("minutes", 0, 60 * 24 * 365);
        return minutes == 0
                ? Instant.MIN
                : environments
                        .now(query.environment())
                        .map(now -> now.minus(Duration.ofMinutes(minutes)))
                        .orElse(Instant.MIN);
    }

    private Json record(Snapshot records, CallRecord listed) {
        CallRecord record = records.complete(listed);
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", record.id());
        fields.put("kind", record.kind().name());
        fields.put("service", record.service());
        fields.put("operation", record.operation());
        fields.put("principal", record.principal());
        fields.put("resources", List.copyOf(record.resources()));
        fields.put("startedAt", record.startedAt().toString());
        fields.put("input", payloads.input(record));
        fields.put("output", payloads.output(record));
        fields.put("details", record.details());
        return Json.of(fields);
    }

    private static ConsoleAnswer found(Object plain) {
        return ConsoleAnswer.json(200, Json.of(plain));
    }

    private static ConsoleAnswer problem(int status, String message) {
        return ConsoleAnswer.json(status, Json.of(Map.of("message", message)));
    }
}
