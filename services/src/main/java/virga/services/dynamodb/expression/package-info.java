/**
 * DynamoDB's expression language: conditions, filters, key conditions, updates and projections.
 *
 * <p>An expression is read once into a tree whose placeholders are already resolved, then run against items. A mistake of syntax is
 * answered before any mistake of meaning, wherever the latter stands; of several of the latter the first is answered, as AWS does.
 *
 * <p>Sources: "Using expressions in DynamoDB", Developer Guide; error texts as observed. Where DynamoDB Local words an error differently
 * from the service, the service's words are used.
 */
package virga.services.dynamodb.expression;
