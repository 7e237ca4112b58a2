package virga.services.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.cloud.testing.TestingCloud;
import virga.model.events.DescribeEventBusRequest;
import virga.model.events.Events;
import virga.model.events.ListTagsForResourceRequest;

final class BusProvisionerTest {
    private final TestingCloud cloud = new TestingCloud(new EventsService(EventsLimits.AWS));
    private final BusProvisioner provisioner = new BusProvisioner();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static Properties bus(Map<String, String> tags) {
        return bus("", tags);
    }

    private static Properties bus(String description, Map<String, String> tags) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("Name", "shop");
        if (!description.isEmpty()) {
            node.put("Description", description);
        }
        tags.forEach((key, value) ->
                node.withArray("Tags").addObject().put("Key", key).put("Value", value));
        return Properties.of("Bus", node);
    }

    private Provisioning request(Map<String, String> own, Map<String, String> ofStack) {
        return request(bus(own), ofStack);
    }

    private Provisioning request(Properties properties, Map<String, String> ofStack) {
        return new Provisioning(
                cloud.environment(),
                cloud.call(),
                new Step("shop", "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1", "Bus", "step-1"),
                properties,
                ofStack);
    }

    private Map<String, String> tags(Provisioned bus) {
        Map<String, String> tags = new TreeMap<>();
        cloud.call(
                        Events.LIST_TAGS_FOR_RESOURCE,
                        ListTagsForResourceRequest.builder()
                                .resourceARN(bus.attributes().get("Arn"))
                                .build())
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    @Test
    void anUpdateOfTheStacksTagsAloneChangesThoseOfTheBus() {
        Provisioned bus = provisioner.create(request(Map.of("own", "1"), Map.of("stage", "test", "team", "blue")));
        assertThat(tags(bus)).isEqualTo(Map.of("own", "1", "stage", "test", "team", "blue"));

        Provisioned after =
                provisioner.update(request(Map.of("own", "1"), Map.of("stage", "live")), bus, bus(Map.of("own", "1")));

        assertThat(after).isEqualTo(bus);
        assertThat(tags(bus)).isEqualTo(Map.of("own", "1", "stage", "live"));
    }

    @Test
    void itsOwnTagsChangeWithoutAnotherBus() {
        Provisioned bus = provisioner.create(request(Map.of("own", "1"), Map.of()));

        provisioner.update(request(Map.of("mine", "2"), Map.of()), bus, bus(Map.of("own", "1")));

        assertThat(tags(bus)).isEqualTo(Map.of("mine", "2"));
        assertThat(provisioner.properties().known().get("Tags/[]/Key")).isNotEqualTo(PropertyRules.Change.REPLACE);
    }

    private String description() {
        return cloud.call(
                        Events.DESCRIBE_EVENT_BUS,
                        DescribeEventBusRequest.builder().name("shop").build())
                .description()
                .orElse("");
    }

    @Test
    void itsDescriptionChangesWithoutAnotherBus() {
        Provisioned bus = provisioner.create(request(bus("orders", Map.of()), Map.of()));
        assertThat(description()).isEqualTo("orders");

        Provisioned after = provisioner.update(request(bus("sales", Map.of()), Map.of()), bus, bus("orders", Map.of()));

        assertThat(after).isEqualTo(bus);
        assertThat(description()).isEqualTo("sales");
        assertThat(provisioner.properties().known().get("Description")).isNotEqualTo(PropertyRules.Change.REPLACE);

        provisioner.update(request(bus(Map.of()), Map.of()), bus, bus("sales", Map.of()));
        assertThat(description()).isEmpty();
    }
}
