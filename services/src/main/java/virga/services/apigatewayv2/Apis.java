package virga.services.apigatewayv2;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.apigatewayv2.NotFoundException;
import virga.store.Codec;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** Finds what belongs to an API. */
final class Apis {
    private Apis() {}

    /** @throws NotFoundException also for an API of another account or region */
    static Api existing(Call call, String id, Reading reading) {
        return reading.get(ApiKeys.API.key(id), ApiKeys.API_ROW)
                .filter(api -> api.scope().account().equals(call.account()))
                .filter(api -> api.scope().region().equals(call.region()))
                .orElseThrow(
                        () -> new NotFoundException("Invalid API identifier specified " + call.account() + ":" + id));
    }

    static <T> T part(Reading reading, KeySpace space, Codec<T> codec, String api, String id, String what) {
        return reading.get(space.key(api, id), codec)
                .orElseThrow(() -> new NotFoundException("Invalid " + what + " identifier specified"));
    }

    static List<Route> routes(Reading reading, String api) {
        return all(reading, ApiKeys.ROUTE.range(api), ApiKeys.ROUTE_ROW::decode);
    }

    static List<Integration> integrations(Reading reading, String api) {
        return all(reading, ApiKeys.INTEGRATION.range(api), ApiKeys.INTEGRATION_ROW::decode);
    }

    static <T> List<T> all(Reading reading, KeyRange range, Function<virga.kernel.Bytes, T> decode) {
        try (Stream<Entry> rows = reading.scan(range)) {
            return rows.map(row -> decode.apply(row.value())).toList();
        }
    }

    static Deployment snapshot(UnitOfWork work, String api, String description) {
        Deployment deployment = new Deployment(
                work.ids().alphanumeric(6), description, work.now(), routes(work, api), integrations(work, api));
        work.put(ApiKeys.DEPLOYMENT.key(api, deployment.id()), deployment, ApiKeys.DEPLOYMENT_ROW);
        return deployment;
    }
}
