package virga.engine.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.Interpreter;

/** What a package's sources tell of the AWS SDK that they need and do not have. */
class NeededLibrariesTest {
    private static final Library NODE = new NodeLibrary(20);
    private static final Interpreter PYTHON =
            new Interpreter(Family.PYTHON, Path.of("/usr/bin/python3"), 3, 13, "3.13.1", false);

    @TempDir
    Path folder;

    private Path task;
    private Path layers;

    @BeforeEach
    void makeFolders() throws IOException {
        task = Files.createDirectories(folder.resolve("task"));
        layers = Files.createDirectories(folder.resolve("layers"));
    }

    @Test
    void everyFormOfImportIsSeen() throws Exception {
        write("task/a.js", "const { A } = require( \"@aws-sdk/client-sqs\" );");
        write("task/b.mjs", "import { B } from '@aws-sdk/client-s3';\nimport '@smithy/node-http-handler';");
        write("task/deep/c.cjs", "await import(`@aws-sdk/client-sns/dist-cjs/x.js`)");
        write("task/d.mjs", "export*from'@aws-sdk/lib-dynamodb'");
        assertThat(NODE.needed(task, layers))
                .containsExactly(
                        "@aws-sdk/client-s3",
                        "@aws-sdk/client-sns",
                        "@aws-sdk/client-sqs",
                        "@aws-sdk/lib-dynamodb",
                        "@smithy/node-http-handler");
    }

    @Test
    void whatIsOnlyMentionedIsNotNeeded() throws Exception {
        write("task/bundle.js", "// node_modules/@aws-sdk/client-sqs/dist-es/index.js\nconst agent = 'aws-sdk/3';");
        write("task/node_modules/helper/index.js", "require('@aws-sdk/client-kms')");
        assertThat(NODE.needed(task, layers)).isEmpty();
    }

    @Test
    void whatThePackageOrALayerBringsIsNotNeeded() throws Exception {
        write("task/src/a.js", "require('@aws-sdk/client-sqs'); require('@aws-sdk/client-s3')");
        write("task/node_modules/@aws-sdk/client-sqs/package.json", "{}");
        write("layers/nodejs/node_modules/@aws-sdk/client-s3/package.json", "{}");
        assertThat(NODE.needed(task, layers)).isEmpty();
    }

    @Test
    void versionTwoIsThereForTheRuntimesThatHadIt() throws Exception {
        write("task/a.js", "const AWS = require('aws-sdk');");
        assertThat(NODE.needed(task, layers)).isEmpty();
        assertThat(new NodeLibrary(16).needed(task, layers)).containsExactly("aws-sdk");
    }

    @Test
    void whatAnErrorComplainsOfIsFound() {
        assertThat(NODE.missing(
                        "{\"errorMessage\":\"Error: Cannot find module '@aws-sdk/client-sqs'\\nRequire stack:\"}"))
                .contains("@aws-sdk/client-sqs");
        assertThat(NODE.missing(
                        "{\"errorMessage\":\"Cannot find package '@smithy/core' imported from /var/task/a.mjs\"}"))
                .contains("@smithy/core");
        assertThat(NODE.missing("{\"errorMessage\":\"Error: Cannot find module 'left-pad'\"}"))
                .isEmpty();
        assertThat(new PythonLibrary(PYTHON).missing("Unable to import module 'app': No module named 'boto3.session'"))
                .contains("boto3");
    }

    @Test
    void pythonNeedsBotoWhereNobodyHasIt() throws Exception {
        write("task/app.py", "import os, boto3\n");
        assertThat(new PythonLibrary(PYTHON).needed(task, layers)).containsExactly("boto3");
        Interpreter with = new Interpreter(Family.PYTHON, PYTHON.executable(), 3, 13, "3.13.1", true);
        assertThat(new PythonLibrary(with).needed(task, layers)).isEmpty();
        write("layers/python/boto3/__init__.py", "");
        assertThat(new PythonLibrary(PYTHON).needed(task, layers)).isEmpty();
    }

    @Test
    void theCacheIsTheUsersOwn() {
        Path home = Path.of("/home/ann");
        assertThat(UserCache.folder(Map.of(), home)).isEqualTo(Path.of("/home/ann/.cache/virga"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "/cache"), home)).isEqualTo(Path.of("/cache/virga"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "relative"), home))
                .isEqualTo(Path.of("/home/ann/.cache/virga"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "/cache", "VIRGA_CACHE", "/mine"), home))
                .isEqualTo(Path.of("/mine"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
