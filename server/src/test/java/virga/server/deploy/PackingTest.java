package virga.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.kernel.Bytes;
import virga.model.Operation;
import virga.model.Structure;
import virga.services.cloudformation.template.TemplateText;

final class PackingTest {
    @TempDir
    private Path folder;

    private final TestingBucket bucket = new TestingBucket();
    private final List<String> told = new ArrayList<>();

    private ObjectNode packed(String template) {
        ObjectNode read = TemplateText.read(template);
        new Packing(bucket, folder, told::add).pack(read);
        return read;
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aFolderIsPackedAndTheTemplateNamesWhereItIs() throws IOException {
        file("src/app.py", "def handler(event, context): pass");
        file("other/unused.py", "");

        ObjectNode template =
                packed("{Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: src/}}}}");

        String key = bucket.onlyKey();
        assertThat(template.at("/Resources/F/Properties/CodeUri").asText())
                .isEqualTo("s3://" + bucket.name + "/" + key);
        assertThat(bucket.entries(key)).containsExactly("app.py");
        assertThat(told).containsExactly("packed F (src/, 1 KB)");
    }

    @Test
    void codeThatTheTemplateDoesNotNameLiesBesideIt() throws IOException {
        file("src/handlers/app.js", "exports.handler = async () => {}");
        file(".virga/store/1.sst", "state");
        file(".git/config", "");

        ObjectNode template = packed("{Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: h}}}}");

        assertThat(template.at("/Resources/F/Properties/CodeUri").asText()).startsWith("s3://" + bucket.name + "/");
        assertThat(bucket.entries(bucket.onlyKey())).containsExactly("src/handlers/app.js");
    }

    @Test
    void codeThatIsElsewhereIsLeftThere() {
        String template = """
                Globals: {Function: {CodeUri: s3://mine/shared.zip}}
                Resources:
                  Inline: {Type: AWS::Serverless::Function, Properties: {InlineCode: x}}
                  Shared: {Type: AWS::Serverless::Function, Properties: {Handler: h}}
                  Image: {Type: AWS::Serverless::Function, Properties: {PackageType: Image}}
                  Plain: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}}}
                """;

        assertThat(packed(template)).isEqualTo(TemplateText.read(template));
        assertThat(bucket.content).isEmpty();
    }

    @Test
    void aPathThatLeadsNowhereIsNamed() {
        assertThatThrownBy(() ->
                        packed("{Resources: {F: {Type: AWS::Lambda::Function, Properties: {Code: build/app.zip}}}}"))
                .hasMessageContaining("F/Code points to " + folder.resolve("build/app.zip"));
    }

    /** Keeps what is uploaded. */
    private static final class TestingBucket implements Calls {
        private final Map<String, Bytes> content = new TreeMap<>();
        private String name;

        String onlyKey() {
            assertThat(content).hasSize(1);
            return content.keySet().iterator().next();
        }

        List<String> entries(String key) throws IOException {
            List<String> names = new ArrayList<>();
            try (ZipInputStream zip =
                    new ZipInputStream(new ByteArrayInputStream(content.get(key).unsafeArray()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    names.add(entry.getName());
                }
            }
            return names;
        }

        @Override
        public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
            assertThat(operation.name()).isEqualTo("CreateBucket");
            return null;
        }

        @Override
        public void putObject(String bucket, String key, Bytes bytes) {
            name = bucket;
            content.put(key, bytes);
        }

        @Override
        public void pause() {
            throw new AssertionError("packing waits for nothing");
        }

        @Override
        public String accountId() {
            return "000000000000";
        }

        @Override
        public String region() {
            return "us-east-1";
        }
    }
}
