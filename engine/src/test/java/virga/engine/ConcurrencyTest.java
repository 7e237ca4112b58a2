package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import virga.kernel.Scope;
import virga.kernel.function.FunctionVersion;

final class ConcurrencyTest {
    private static final String RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded";
    private static final String ACCOUNT = "ConcurrentInvocationLimitExceeded";

    private final Concurrency concurrency = new Concurrency(3);

    @Test
    void aFunctionHasWhatItReservedAndTheOthersWhatIsLeft() {
        assertThat(concurrency.enter(version("a", 2))).isEmpty();
        assertThat(concurrency.enter(version("a", 2))).isEmpty();
        assertThat(concurrency.enter(version("a", 2))).contains(RESERVED);
        assertThat(concurrency.enter(version("b", -1))).isEmpty();
        assertThat(concurrency.enter(version("c", -1))).contains(ACCOUNT);
        concurrency.leave(version("b", -1));
        assertThat(concurrency.enter(version("c", -1))).isEmpty();
    }

    @Test
    void whatRanBeforeItsFunctionReservedCountsAfterwards() {
        concurrency.enter(version("a", -1));
        assertThat(concurrency.enter(version("a", 1))).contains(RESERVED);
        concurrency.leave(version("a", -1));
        assertThat(concurrency.enter(version("a", 1))).isEmpty();
    }

    @Test
    void whatIsReservedNoMoreIsTheAccounts() {
        concurrency.enter(version("a", 2));
        concurrency.enter(version("a", 2));
        assertThat(concurrency.enter(version("a", -1))).isEmpty();
        assertThat(concurrency.enter(version("b", -1))).contains(ACCOUNT);
        concurrency.leave(version("a", 2));
        assertThat(concurrency.enter(version("b", -1))).isEmpty();
    }

    @Test
    void whatRunsBeyondWhatIsReservedNowCountsForTheAccount() {
        concurrency.enter(version("a", 2));
        concurrency.enter(version("a", 2));
        assertThat(concurrency.enter(version("a", 0))).contains(RESERVED);
        assertThat(concurrency.enter(version("b", -1))).isEmpty();
        assertThat(concurrency.enter(version("b", -1))).contains(ACCOUNT);
    }

    private static FunctionVersion version(String name, int reserved) {
        return new FunctionVersion(
                name,
                new Scope("default", "000000000000", "us-east-1"),
                "arn:aws:lambda:us-east-1:000000000000:function:" + name,
                name,
                "$LATEST",
                "provided.al2023",
                "bootstrap",
                "x86_64",
                new FunctionVersion.Code("", null),
                List.of(),
                128,
                Duration.ofSeconds(3),
                512,
                Map.of(),
                "arn:aws:iam::000000000000:role/r",
                "/aws/lambda/" + name,
                reserved);
    }
}
