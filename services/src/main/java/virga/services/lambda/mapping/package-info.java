/**
 * Event source mappings: Lambda's own pollers, which take batches from queues and streams and hand them to a function. Source: "How
 * Lambda processes records from stream and queue-based event sources", AWS Lambda Developer Guide.
 *
 * <p>A mapping is a row; while it is enabled, the cloud keeps a poller running for it. A queue's messages are forgotten by deleting
 * them, so a crash means redelivery; a stream's progress is a checkpoint for each shard.
 */
package virga.services.lambda.mapping;
