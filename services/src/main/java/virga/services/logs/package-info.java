/**
 * Amazon CloudWatch Logs: groups, streams and events. Source: CloudWatch Logs API Reference. The events themselves are kept by
 * {@link virga.observe.logs}, where functions' output arrives too; this room is the API over them.
 */
package virga.services.logs;
