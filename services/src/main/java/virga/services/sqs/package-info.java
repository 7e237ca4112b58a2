/**
 * Amazon SQS, standard queues. Source: Amazon SQS API Reference and Developer Guide.
 *
 * <p>A message is one row; a second row in {@code sqs/schedule} orders the messages of a queue by when they become visible: a delayed
 * message stands there at its delay's end, a received one at the end of its visibility timeout. Receiving reads that index from its
 * start, so a queue costs the same with ten messages or a million. Each message keeps the cause of its sending.
 */
package virga.services.sqs;
