/**
 * What happened, kept and read again. {@link virga.observe.Records} is where the spine and the engine put every record, count and log
 * line of an environment; {@link virga.observe.Snapshot} is how they are read. Traces, the service map, metrics, cost and X-Ray are
 * readings of these, in packages of their own, and keep nothing themselves.
 *
 * <p>Everything lies in the environment's own store, so a fork takes its past with it.
 */
package virga.observe;
