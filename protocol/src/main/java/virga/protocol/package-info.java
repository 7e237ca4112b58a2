/**
 * Bytes to operations and back. This package is the language of the door: an HTTP request and an HTTP response as values, whoever
 * carried them. {@link virga.protocol.routing} finds the operation a request means, {@link virga.protocol.signature} checks who
 * signed it, {@link virga.protocol.body} undoes what was done to its body, {@link virga.protocol.wire} reads and writes the shapes.
 *
 * <p>Everything goes by the schemas of {@code virga.model}: no reflection, and no generated code of its own.
 */
package virga.protocol;
