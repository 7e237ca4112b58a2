package virga.bench.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import virga.bench.function.Hello;

/**
 * A function that does nothing, once for each runtime.
 *
 * @param runtime as Lambda names it
 * @param needs commands without which the machine can not run it
 */
record Sources(String label, String runtime, String handler, List<String> needs, SdkBytes code) {
    // Places in a zip's last records. Source: APPNOTE.TXT 4.3.12 and 4.3.16.
    private static final int END_RECORD_BYTES = 22;
    private static final int OFFSET_OF_HEADERS = 16;
    private static final int MADE_ON = 5;
    private static final byte MADE_ON_UNIX = 3;
    private static final int ATTRIBUTES = 38;

    private static final String SHELL = """
            #!/bin/sh
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
            while true; do
              headers=$(mktemp)
              curl -sS -D "$headers" "$api/next" > /dev/null
              id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '[:space:]' | cut -d: -f2)
              curl -sS -X POST "$api/$id/response" -d '{"ok":true}' > /dev/null
            done
            """;

    static List<Sources> all() throws IOException {
        return List.of(
                new Sources(
                        "nodejs",
                        "nodejs24.x",
                        "index.handler",
                        List.of("node"),
                        zip("index.mjs", text("export const handler = async () => ({ok: true});\n"))),
                new Sources(
                        "python",
                        "python3.14",
                        "index.handler",
                        List.of("python3"),
                        zip("index.py", text("def handler(event, context):\n    return {'ok': True}\n"))),
                new Sources(
                        "java",
                        "java25",
                        "virga.bench.function.Hello::handle",
                        List.of(),
                        zip("virga/bench/function/Hello.class", hello())),
                new Sources(
                        "provided (a shell script with curl)",
                        "provided.al2023",
                        "none",
                        List.of("curl", "sh"),
                        zip("bootstrap", text(SHELL))));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hello() throws IOException {
        try (InputStream in = Hello.class.getResourceAsStream("Hello.class")) {
            return in.readAllBytes();
        }
    }

    private static SdkBytes zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return SdkBytes.fromByteArray(executable(bytes.toByteArray()));
    }

    /** Java's zip streams write no modes, and a bootstrap must be executable: the mode goes into the entry's central header. */
    private static byte[] executable(byte[] zip) {
        ByteBuffer view = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int header = view.getInt(zip.length - END_RECORD_BYTES + OFFSET_OF_HEADERS);
        view.put(header + MADE_ON, MADE_ON_UNIX);
        view.putInt(header + ATTRIBUTES, 0100755 << 16);
        return zip;
    }
}
