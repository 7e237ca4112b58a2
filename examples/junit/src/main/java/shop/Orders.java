package shop;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Places orders: each is kept once, and queued for whoever works on it. */
public final class Orders {
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;
    private final String table;
    private final String queueUrl;

    public Orders(DynamoDbClient dynamoDb, SqsClient sqs, String table, String queueUrl) {
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
        this.table = table;
        this.queueUrl = queueUrl;
    }

    /** False where the order was placed before. */
    public boolean place(String orderId, String product) {
        try {
            dynamoDb.putItem(put -> put.tableName(table)
                    .item(Map.of("orderId", AttributeValue.fromS(orderId), "product", AttributeValue.fromS(product)))
                    .conditionExpression("attribute_not_exists(orderId)"));
        } catch (ConditionalCheckFailedException placedBefore) {
            return false;
        }
        sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(orderId));
        return true;
    }
}
