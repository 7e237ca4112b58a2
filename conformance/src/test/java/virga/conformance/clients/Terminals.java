package virga.conformance.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import virga.cloud.Settings;
import virga.server.testing.TestingVirga;

/** Gives every test that asks for one a {@link Terminal}, on one cloud for all, which enforces policies as AWS does. */
final class Terminals implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(Terminals.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Terminal.class;
    }

    @Override
    public Terminal resolveParameter(ParameterContext parameter, ExtensionContext test) {
        TestingVirga virga = test.getRoot()
                .getStore(OURS)
                .computeIfAbsent(TestingVirga.class, key -> new TestingVirga(), TestingVirga.class);
        return test.getStore(OURS).computeIfAbsent(test.getUniqueId(), key -> open(virga), Terminal.class);
    }

    private static Terminal open(TestingVirga virga) {
        String environment = virga.environment(Settings.DEFAULT.withAuthorization(Settings.Authorization.ENFORCE));
        AwsCredentials key = virga.key(environment);
        return new Terminal(
                virga.virga().endpoint(),
                key.accessKeyId(),
                key.secretAccessKey(),
                () -> virga.virga().cloud().delete(environment));
    }
}
