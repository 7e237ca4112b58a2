package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Which interpreter runs a function, and what is said when it is not the one asked for. */
class ChoiceOfRuntimeTest {
    private static final TestingZip PYTHON =
            new TestingZip().file("app.py", "def handler(event, context):\n    return 1\n");

    @Test
    void aVersionThatNoMachineHasRunsOnItsNeighbourWithAWarning() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function("python3.99", "app.handler", PYTHON.code());
            assertThat(cloud.engine.refusal(version)).isEmpty();
            assertThat(cloud.engine.warnings(version))
                    .anyMatch(warning -> warning.matches(
                            "runtime python3.99 is not on this machine: python 3\\.\\S+ runs in its place"));
            assertThat(cloud.answer(version, "{}")).isEqualTo("1");
        }
    }

    @Test
    void strictRuntimesRefuseANeighbour() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withStrictRuntimes(true))) {
            FunctionVersion version = cloud.function("python3.99", "app.handler", PYTHON.code());
            assertThat(cloud.engine.refusal(version))
                    .startsWith("runtime python3.99 needs python 3.99; this machine has 3.");
            assertThat(cloud.invoke(version, "{}")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void aFamilyThatVirgaDoesNotRunIsRefusedByName() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function("ruby3.4", "app.handler", PYTHON.code());
            assertThat(cloud.engine.refusal(version))
                    .isEqualTo("Virga runs nodejs, python, java and provided runtimes, and not ruby3.4");
        }
    }
}
