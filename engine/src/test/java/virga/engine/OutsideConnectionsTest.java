package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import virga.kernel.Details;
import virga.kernel.function.FunctionVersion;

/** Where a function's process connects to is in the record of its invocation. */
class OutsideConnectionsTest {
    @Test
    void aPythonFunctionsConnectionIsNoted() throws Exception {
        try (TestingCloud cloud = new TestingCloud();
                ServerSocket outside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FunctionVersion version = WorkerLifeTest.python(cloud, """
                    import socket
                    def handler(event, context):
                        socket.create_connection(('127.0.0.1', %d)).close()
                        return 1
                    """.formatted(outside.getLocalPort()));
            cloud.answer(version, "{}");
            assertThat(cloud.records.getFirst().details())
                    .containsEntry(Details.OUTSIDE_CONNECTIONS, "127.0.0.1:" + outside.getLocalPort());
        }
    }

    @Test
    void aNodeFunctionsConnectionIsNoted() throws Exception {
        try (TestingCloud cloud = new TestingCloud();
                ServerSocket outside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FunctionVersion version = cloud.function(
                    "nodejs20.x",
                    "index.handler",
                    new TestingZip()
                            .file("index.js", """
                    const http = require('node:http');
                    exports.handler = () => new Promise((resolve) => {
                      const asked = http.get('http://127.0.0.1:%d/');
                      asked.on('socket', (socket) => socket.on('connect', () => { asked.destroy(); resolve(1); }));
                      asked.on('error', () => {});
                    });
                    """.formatted(outside.getLocalPort()))
                            .code());
            cloud.answer(version, "{}");
            assertThat(cloud.records.getFirst().details())
                    .containsEntry(Details.OUTSIDE_CONNECTIONS, "127.0.0.1:" + outside.getLocalPort());
        }
    }

    @Test
    void aFunctionThatConnectsNowhereHasNoSuchNote() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            cloud.answer(WorkerLifeTest.python(cloud, "def handler(event, context):\n    return 1\n"), "{}");
            assertThat(cloud.records.getFirst().details()).doesNotContainKey(Details.OUTSIDE_CONNECTIONS);
        }
    }
}
