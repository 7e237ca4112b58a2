/**
 * What clients do to a body before they send it, undone and checked: {@code aws-chunked} framing with its chunk signatures and
 * trailing checksums, compression, and digests in headers.
 */
package virga.protocol.body;
