package virga.services.events;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.events.DeleteEventBusRequest;
import virga.model.events.Events;
import virga.model.events.UpdateEventBusRequest;

/** {@code AWS::Events::EventBus}. Source: its page in the CloudFormation Template Reference. */
final class BusProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Events::EventBus";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("Name")
                .inPlace("Description", "Tags/[]/Key", "Tags/[]/Value")
                .requiring("Name")
                .unsupported("DeadLetterConfig", "EventSourceName", "KmsKeyIdentifier", "LogConfig", "Policy");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.properties().text("Name", "");
        String arn = request.call(
                        Events.CREATE_EVENT_BUS,
                        request.properties().as(Events.CREATE_EVENT_BUS).toBuilder()
                                .tags(ResourceTags.of(request))
                                .build())
                .eventBusArn()
                .orElseThrow();
        return new Provisioned(name, Map.of("Arn", arn, "Name", name, "Policy", ""));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        request.call(
                Events.UPDATE_EVENT_BUS,
                UpdateEventBusRequest.builder()
                        .name(current.physicalId())
                        .description(request.properties().text("Description", ""))
                        .build());
        ResourceTags.change(request, current.attributes().get("Arn"));
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.call(
                Events.DELETE_EVENT_BUS,
                DeleteEventBusRequest.builder().name(current.physicalId()).build());
    }
}
