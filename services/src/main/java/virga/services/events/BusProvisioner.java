package virga.services.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.events.CreateEventBusRequest;
import virga.model.events.DeleteEventBusRequest;
import virga.model.events.Events;
import virga.model.events.Tag;

/** {@code AWS::Events::EventBus}. Source: its page in the CloudFormation Template Reference. */
final class BusProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Events::EventBus";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("Description", "Name", "Tags/[]/Key", "Tags/[]/Value")
                .requiring("Name")
                .unsupported("DeadLetterConfig", "EventSourceName", "KmsKeyIdentifier", "LogConfig", "Policy");
    }

    @Override
    public Provisioned create(Provisioning request) {
        List<Tag> tags = new ArrayList<>();
        request.properties()
                .tags()
                .forEach((key, value) ->
                        tags.add(Tag.builder().key(key).value(value).build()));
        String name = request.properties().text("Name", "");
        String arn = request.call(
                        Events.CREATE_EVENT_BUS,
                        CreateEventBusRequest.builder()
                                .name(name)
                                .description(request.properties().text("Description", null))
                                .tags(tags)
                                .build())
                .eventBusArn()
                .orElseThrow();
        return new Provisioned(name, Map.of("Arn", arn, "Name", name, "Policy", ""));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.call(
                Events.DELETE_EVENT_BUS,
                DeleteEventBusRequest.builder().name(current.physicalId()).build());
    }
}
