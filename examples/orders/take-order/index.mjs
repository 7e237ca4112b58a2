import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { randomUUID } from "node:crypto";

const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});

const answer = (statusCode, body) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

async function take(event) {
  let order;
  try {
    order = JSON.parse(event.body ?? "");
  } catch {
    return answer(400, { message: "The body is not JSON" });
  }
  if (typeof order.product !== "string" || !Number.isInteger(order.quantity) || order.quantity < 1) {
    return answer(400, { message: "An order has a product (text) and a quantity (a whole number from 1)" });
  }
  const orderId = randomUUID();
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.ORDERS_TABLE,
      Item: {
        orderId: { S: orderId },
        product: { S: order.product },
        quantity: { N: String(order.quantity) },
        status: { S: "TAKEN" },
      },
      ConditionExpression: "attribute_not_exists(orderId)",
    }),
  );
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.CHARGE_QUEUE_URL,
      MessageBody: JSON.stringify({ orderId, product: order.product, quantity: order.quantity }),
    }),
  );
  console.log(`order ${orderId} taken: ${order.quantity} x ${order.product}`);
  return answer(202, { orderId });
}

async function show(event) {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: process.env.ORDERS_TABLE,
      Key: { orderId: { S: event.pathParameters.orderId } },
      ConsistentRead: true,
    }),
  );
  return Item ? answer(200, { orderId: Item.orderId.S, status: Item.status.S }) : answer(404, { message: "No such order" });
}

export const handler = (event) => (event.requestContext.http.method === "POST" ? take(event) : show(event));
