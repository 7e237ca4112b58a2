/**
 * A lineage with its times and costs, as it is shown: {@link virga.observe.trace.TraceView} is plain data for the console and for JSON,
 * {@link virga.observe.trace.TraceTree} draws it for a terminal.
 */
package virga.observe.trace;
