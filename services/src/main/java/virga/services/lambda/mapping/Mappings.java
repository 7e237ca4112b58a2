package virga.services.lambda.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.Environment;
import virga.cloud.Poller;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.lambda.Lambda;
import virga.services.lambda.Invoker;

/** Event source mappings, as the service binds them. */
public final class Mappings {
    private final Invoker invoker;
    private final Scalings scalings = new Scalings();

    public Mappings(Invoker invoker) {
        this.invoker = invoker;
    }

    public void bind(Binder binder) {
        MappingOperations operations = new MappingOperations();
        binder.conversation(Lambda.CREATE_EVENT_SOURCE_MAPPING, operations::create);
        binder.atomic(Lambda.UPDATE_EVENT_SOURCE_MAPPING, operations::update)
                .resources((call, input) -> at(call, input.uuid()));
        binder.atomic(Lambda.GET_EVENT_SOURCE_MAPPING, operations::get)
                .resources((call, input) -> at(call, input.uuid()));
        binder.atomic(Lambda.DELETE_EVENT_SOURCE_MAPPING, operations::delete)
                .resources((call, input) -> at(call, input.uuid()));
        binder.atomic(Lambda.LIST_EVENT_SOURCE_MAPPINGS, operations::list);
        binder.poller(MappingKeys.POLLER, this::poll);
        binder.provisioner(new MappingProvisioner());
    }

    /** The tags of the mapping of an ARN. @throws virga.model.lambda.ResourceNotFoundException */
    public static Map<String, String> tags(Arn mapping, UnitOfWork work) {
        return MappingOperations.find(mapping.account(), mapping.region(), mapping.name(), work)
                .tags();
    }

    /** Gives a mapping other tags. Its poller goes on as it is. */
    public static void retag(Arn mapping, Map<String, String> tags, UnitOfWork work) {
        MappingOperations.put(
                work,
                MappingOperations.find(mapping.account(), mapping.region(), mapping.name(), work)
                        .withTags(tags));
    }

    private static List<String> at(Call call, String id) {
        return List.of(
                Arn.of("lambda", call.scope(), "event-source-mapping:" + id).toString());
    }

    private void poll(String id, Scope scope, String payload, Poller.Stop stop, Environment environment)
            throws InterruptedException {
        Optional<Mapping> found = environment.read(reading ->
                reading.get(MappingKeys.MAPPING.key(scope.account(), scope.region(), id), MappingKeys.MAPPING_ROW));
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
}
