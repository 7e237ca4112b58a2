/**
 * Log groups, streams and events: what functions write and what the CloudWatch Logs API shows, in one place. {@link
 * virga.observe.logs.LogWriter} and {@link virga.observe.logs.LogReader} work inside a transaction or on a snapshot that the caller
 * holds, so that a handler of the API stays atomic. Every event knows the invocation that wrote it.
 *
 * <p>{@link virga.observe.logs.FilterPattern} is CloudWatch's language for filters, as metric filters, subscription filters and {@code
 * FilterLogEvents} use it.
 */
package virga.observe.logs;
