package virga.services.lambda.mapping;

import java.util.List;
import java.util.Map;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.lambda.Lambda;
import virga.services.lambda.Invoker;

/** Event source mappings, as the service binds them. */
public final class Mappings {
    private final Invoker invoker;

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
        binder.poller(MappingKeys.POLLER, new MappingPoller(invoker, new Scalings()));
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
}
