package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.cloud.provision.Provisioner;
import virga.cloud.spine.Registry;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.server.Virga;
import virga.server.VirgaSettings;

/**
 * The coverage table says what a running cloud says of itself: which operations have a handler, which inputs are refused, and which
 * resource types can be deployed. {@code -Dvirga.accept=true} writes it anew.
 */
final class CoverageTest {
    private static final Path TABLE = Project.root().resolve("docs/coverage.md");

    @TempDir
    private Path files;

    @Test
    void theTableIsWhatTheCloudDoes() throws IOException {
        String actual = table();
        if (Boolean.getBoolean("virga.accept")) {
            Files.writeString(TABLE, actual);
        }
        assertThat(actual)
                .as("docs/coverage.md is stale: ./dev test -pl tidy -am -Dtest=CoverageTest -Dvirga.accept=true")
                .isEqualTo(Files.readString(TABLE));
    }

    private String table() {
        try (Virga virga = Virga.start(VirgaSettings.inMemory(files), notice -> {})) {
            Registry registry = virga.cloud().registry();
            StringBuilder text = new StringBuilder("""
                    # What Virga covers

                    Made from a running cloud by `CoverageTest`, which fails where this page is stale. An operation that is not done answers
                    `NotImplemented` in its service's own error form; an input or a property that is not done answers `VirgaUnsupported` with
                    its path. README.md names what is still kept without effect.

                    ## Operations

                    | service | done | of |
                    |---|--:|--:|
                    """);
            List<ServiceModel> models = registry.models().stream()
                    .filter(model -> done(registry, model) > 0)
                    .sorted(Comparator.comparing(ServiceModel::modelName))
                    .toList();
            models.forEach(model -> text.append("| [%s](#%s) | %d | %d |%n"
                    .formatted(
                            model.modelName(),
                            model.modelName(),
                            done(registry, model),
                            model.all().size())));
            models.forEach(model -> operations(text, registry, model));
            types(text, registry.provisioners());
            return text.toString();
        }
    }

    private static long done(Registry registry, ServiceModel model) {
        return model.all().stream().filter(registry::implementsOperation).count();
    }

    private static void operations(StringBuilder text, Registry registry, ServiceModel model) {
        List<String> done = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        model.all().stream().sorted(Comparator.comparing(Operation::name)).forEach(operation -> {
            boolean implemented = registry.implementsOperation(operation);
            (implemented ? done : open).add(operation.name());
            if (implemented) {
                registry.unsupported(operation).forEach(path -> refused.add(operation.name() + "." + path));
            }
        });
        text.append("%n### %s%n%n".formatted(model.modelName()));
        text.append("Done: ").append(words(done)).append(".\n");
        if (!open.isEmpty()) {
            text.append("\nNot done: ").append(words(open)).append(".\n");
        }
        if (!refused.isEmpty()) {
            text.append("\nRefused inputs: ").append(words(refused)).append(".\n");
        }
    }

    private static void types(StringBuilder text, Collection<Provisioner> provisioners) {
        text.append("\n## Resource types of CloudFormation\n\n");
        text.append("The types of SAM that these are made of work through its transform.\n\n");
        text.append("| type | properties not done |\n|---|---|\n");
        provisioners.stream()
                .sorted(Comparator.comparing(Provisioner::type))
                .forEach(provisioner -> text.append("| `%s` | %s |%n"
                        .formatted(
                                provisioner.type(),
                                words(provisioner.properties().unsupported()))));
    }

    private static String words(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }
}
