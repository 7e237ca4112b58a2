package virga.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import virga.kernel.Bug;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;
import virga.store.memory.MemoryStore;

final class ObservatoryTest {
    @Test
    void anEnvironmentIsFoundWhileItIsOpen() {
        Observatory observatory = new Observatory(Retention.DEFAULT);
        Ports ports = SystemPorts.of(1, Duration.ZERO, thrown -> {});
        try (Records records = observatory.open("default", new MemoryStore(), ports)) {
            assertThat(observatory.find("default")).containsSame(records);
            assertThat(observatory.find("other")).isEmpty();
        }
        assertThat(observatory.find("default")).isEmpty();
        assertThatThrownBy(() -> observatory.of("default"))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("default");
    }

    @Test
    void anEnvironmentThatOpensAgainIsTheNewOne() {
        Observatory observatory = new Observatory(Retention.DEFAULT);
        Ports ports = SystemPorts.of(1, Duration.ZERO, thrown -> {});
        observatory.open("default", new MemoryStore(), ports).close();
        try (Records second = observatory.open("default", new MemoryStore(), ports)) {
            assertThat(observatory.of("default")).isSameAs(second);
        }
    }
}
