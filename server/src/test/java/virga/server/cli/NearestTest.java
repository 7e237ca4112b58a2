package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NearestTest {
    private static final List<String> NAMES = List.of("orders-Charge-1A2B", "orders-TakeOrder-3C4D", "mailer");

    @ParameterizedTest
    @ValueSource(strings = {"Charge", "charge", "Chrage", "Charg", "orders-Charge"})
    void aFewLettersAwayIsWhatWasMeant(String typed) {
        assertThat(Nearest.words(typed, NAMES, "functions")).isEqualTo("; did you mean orders-Charge-1A2B?");
    }

    @Test
    void whatIsNearToNothingIsAnsweredWithAllThereIs() {
        assertThat(Nearest.words("zzzzzz", NAMES, "functions"))
                .isEqualTo("; there are: mailer, orders-Charge-1A2B, orders-TakeOrder-3C4D");
        assertThat(Nearest.words("f", List.of(), "functions")).isEqualTo("; there are no functions");
    }

    @Test
    void aStacksResourceIsKnownByItsLogicalId() {
        assertThat(Nearest.isNamedAfter("orders-Charge-1A2B", "Charge")).isTrue();
        assertThat(Nearest.isNamedAfter("orders-Charge-1A2B", "Char")).isFalse();
        assertThat(Nearest.isNamedAfter("Charge", "Charge")).isFalse();
    }
}
