package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.engine.packages.PackageStore;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.function.FunctionVersion.Code;

/** Unpacking: what is kept, and what is not let through. */
class PackagesTest {
    @TempDir
    Path folder;

    @Test
    void executableBitsAreKept() throws Exception {
        Path unpacked = store().unpacked(new TestingZip()
                .executable("bootstrap", "#!")
                .file("data", "x")
                .code());
        assertThat(unpacked.resolve("bootstrap")).isExecutable();
        assertThat(Files.isExecutable(unpacked.resolve("data"))).isFalse();
    }

    @Test
    void symbolicLinksWithinThePackageAreKept() throws Exception {
        TestingZip zip =
                new TestingZip().file("a/data", "here").file("b", "a/data".getBytes(StandardCharsets.UTF_8), 0120777);
        assertThat(store().unpacked(zip.code()).resolve("b")).isSymbolicLink().hasContent("here");
    }

    @Test
    void anEntryThatWouldLandOutsideIsRefused() {
        assertThatThrownBy(() ->
                        store().unpacked(new TestingZip().file("../escape", "x").code()))
                .isInstanceOf(Unrunnable.class)
                .hasMessageContaining("../escape");
        assertThat(folder.resolve("escape")).doesNotExist();
    }

    @Test
    void aLinkThatLeavesThePackageIsRefused() {
        TestingZip zip = new TestingZip()
                .file("etc", "/etc".getBytes(StandardCharsets.UTF_8), 0120777)
                .file("etc/x", "x");
        assertThatThrownBy(() -> store().unpacked(zip.code()))
                .isInstanceOf(Unrunnable.class)
                .hasMessageContaining("leaves the package");
    }

    @Test
    void whatIsNoZipIsRefusedInLambdasWords() {
        Code code = new Code("bm8gemlw", ByteStream.of(Bytes.ofUtf8("no zip")));
        assertThatThrownBy(() -> store().unpacked(code))
                .isInstanceOf(Unrunnable.class)
                .hasMessage("Could not unzip uploaded file. Please check your file, then try to upload again.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void laterLayersLieOverEarlierOnes() throws Exception {
        Code first = new TestingZip().file("shared", "1").file("first", "1").code();
        Code second = new TestingZip().file("shared", "2").code();
        Path merged = store().merged(List.of(first, second));
        assertThat(merged.resolve("shared")).hasContent("2");
        assertThat(merged.resolve("first")).hasContent("1");
    }

    private PackageStore store() {
        return new PackageStore(folder);
    }
}
