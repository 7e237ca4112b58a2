package virga.cloud.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Principal;
import virga.kernel.Scope;

class KeyDirectoryTest {
    private static final Principal USER = new Principal.User("000000000000", "ada");

    private static Call call(LiveEnvironment environment) {
        Scope scope = new Scope(environment.name(), "000000000000", "us-east-1");
        return environment.newCall(
                scope,
                new Principal.Root("000000000000"),
                Cause.root(environment.ports().ids().traceId()));
    }

    private static String issue(LiveEnvironment environment) {
        Credentials key = environment.transact(call(environment), work -> AccessKeys.issue(work, USER));
        return key.accessKeyId();
    }

    private static String environmentOf(Cloud cloud, String key) {
        return cloud.caller(key).map(Caller::environment).orElse("nowhere");
    }

    @Test
    void aKeyIsFoundInItsEnvironmentFromItsCommitUntilItIsRevoked() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            LiveEnvironment other = cloud.create("other", Settings.DEFAULT);
            String key = issue(other);
            assertThat(environmentOf(cloud, key)).isEqualTo("other");
            other.transact(call(other), work -> {
                AccessKeys.revoke(work, key);
                return key;
            });
            assertThat(environmentOf(cloud, key)).isEqualTo("nowhere");
        }
    }

    @Test
    void keysOfADeletedEnvironmentAreForgotten() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            String key = issue(cloud.create("other", Settings.DEFAULT));
            cloud.delete("other");
            assertThat(environmentOf(cloud, key)).isEqualTo("nowhere");
        }
    }

    @Test
    void aForkHasItsOwnKeysAndNoneOfItsSource() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            String key = issue(testing.environment());
            cloud.fork("default", "copy");
            cloud.forkAt("default", "passing", testing.environment().sequence());
            assertThat(environmentOf(cloud, key)).isEqualTo("default");
            assertThat(environmentOf(cloud, cloud.rootKey("copy").accessKeyId()))
                    .isEqualTo("copy");
            assertThat(environmentOf(cloud, cloud.rootKey("passing").accessKeyId()))
                    .isEqualTo("passing");
        }
    }

    @Test
    void anEnvironmentThatIsResetKeepsItsRootKeyAndLosesTheOthers() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            LiveEnvironment other = cloud.create("other", Settings.DEFAULT);
            String root = cloud.rootKey("other").accessKeyId();
            String key = issue(other);
            cloud.reset("other");
            assertThat(environmentOf(cloud, root)).isEqualTo("other");
            assertThat(cloud.rootKey("other").accessKeyId()).isEqualTo(root);
            assertThat(environmentOf(cloud, key)).isEqualTo("nowhere");
        }
    }

    @Test
    void aKeyWhoseTimeIsOverIsStillKnownSoThatTheDoorCanSaySo() {
        try (TestingCloud testing = new TestingCloud()) {
            LiveEnvironment environment = testing.environment();
            Credentials key = environment.transact(
                    call(environment), work -> AccessKeys.issue(work, USER, Duration.ofMinutes(15)));
            testing.advance(Duration.ofHours(1));
            assertThat(environmentOf(testing.cloud(), key.accessKeyId())).isEqualTo("default");
        }
    }
}
