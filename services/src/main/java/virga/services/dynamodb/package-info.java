/**
 * DynamoDB and DynamoDB Streams: tables, items, indexes, transactions and the record of every change.
 *
 * <p>The service is thin over the store: an item is one entry, an index entry is another that holds what the index projects, and both
 * are written in the transaction of the call. What DynamoDB lets lag (indexes, reads that are not consistent) lags only where the
 * environment's weather asks for it.
 *
 * <p>Where sources disagree: DynamoDB Local words several errors in its own way; the service's words, as recorded by public test
 * suites that ran against it, are used.
 */
package virga.services.dynamodb;
