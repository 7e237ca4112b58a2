package virga.console;

import virga.kernel.Bytes;
import virga.observe.json.Json;

/**
 * What is sent back for a path of the console's.
 *
 * @param status of HTTP
 * @param contentType with its charset where it is text
 */
public record ConsoleAnswer(int status, String contentType, Bytes body) {
    static ConsoleAnswer json(int status, Json json) {
        return new ConsoleAnswer(status, "application/json; charset=utf-8", Bytes.ofUtf8(json.text()));
    }
}
