/**
 * Runs Lambda functions for real, as processes of this machine: pools of workers, one event at a time each, with Lambda's limits,
 * log lines and errors. A worker is one execution environment; its life is {@link virga.engine.Worker}'s, an event's is
 * {@link virga.engine.InvocationRun}'s.
 *
 * <p>Where AWS's behaviour is not the whole story: after a timeout or a crash AWS starts the runtime again in the same environment,
 * with /tmp as it was; here the next event gets a fresh worker. External extensions and the Telemetry API are not offered.
 *
 * <p>Sources: "Understanding the Lambda execution environment lifecycle" and "Lambda quotas", AWS Lambda Developer Guide.
 */
package virga.engine;
