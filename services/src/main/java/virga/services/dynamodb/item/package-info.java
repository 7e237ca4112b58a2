/**
 * What a DynamoDB table holds: typed values, items, their bytes at rest, the order of their keys and the size that AWS counts.
 *
 * <p>The generated {@code AttributeValue} is what clients send. It can hold nothing, two types at once or a number that is no number;
 * a {@link virga.services.dynamodb.item.Value} cannot. Everything behind the door of the service works on values.
 */
package virga.services.dynamodb.item;
