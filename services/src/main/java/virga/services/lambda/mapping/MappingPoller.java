package virga.services.lambda.mapping;

import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Poller;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.services.lambda.Invoker;

/** Reads the source of each mapping, as its function's role. */
final class MappingPoller implements Poller<String> {
    private final Invoker invoker;
    private final Scalings scalings;

    MappingPoller(Invoker invoker, Scalings scalings) {
        this.invoker = invoker;
        this.scalings = scalings;
    }

    @Override
    public void run(String id, Scope scope, String payload, Stop stop, Environment environment)
            throws InterruptedException {
        Optional<Mapping> found = find(id, scope, environment);
        if (found.isEmpty()) {
            return;
        }
        Mapping mapping = found.get();
        Optional<Principal> principal = Invoker.executionRole(environment, scope, mapping.functionArn());
        if (principal.isEmpty()) {
            return; // The function is gone; its mapping polls no more, as on AWS.
        }
        if (mapping.source().isQueue()) {
            new QueuePoller(environment, mapping, principal.get(), new QueueBatch(invoker), scalings).run(stop);
        } else {
            new StreamPoller(environment, mapping, principal.get(), new StreamBatch(invoker)).run(stop);
        }
    }

    @Override
    public List<Pending> pending(String id, Scope scope, String payload, Environment environment) {
        return find(id, scope, environment)
                .filter(mapping -> Invoker.executionRole(environment, scope, mapping.functionArn())
                        .isPresent())
                .map(mapping -> new Backlog(environment, mapping).pending())
                .orElse(List.of());
    }

    private static Optional<Mapping> find(String id, Scope scope, Environment environment) {
        return environment.read(reading ->
                reading.get(MappingKeys.MAPPING.key(scope.account(), scope.region(), id), MappingKeys.MAPPING_ROW));
    }
}
