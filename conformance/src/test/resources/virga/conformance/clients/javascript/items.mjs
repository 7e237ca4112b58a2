// Items with the document client: plain objects in and out, conditions, transactions, paginators, errors.
import assert from "node:assert/strict";
import {
  ConditionalCheckFailedException, CreateTableCommand, DeleteTableCommand, DynamoDBClient, ResourceNotFoundException,
  TransactionCanceledException, waitUntilTableExists, waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient, GetCommand, paginateQuery, PutCommand, TransactWriteCommand, UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { refused } from "./expecting.mjs";

const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const TableName = "orders";

await client.send(new CreateTableCommand({
  TableName, BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: "customer", KeyType: "HASH" }, { AttributeName: "number", KeyType: "RANGE" }],
  AttributeDefinitions: [{ AttributeName: "customer", AttributeType: "S" }, { AttributeName: "number", AttributeType: "N" }],
}));
await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName });

const order = {
  customer: "ann", number: 1, paid: false, note: null, lines: [{ sku: "tea", count: 2 }], tags: new Set(["a", "b"]),
  raw: new Uint8Array([0, 255]), address: { city: "Bonn" }, missing: undefined,
};
await documents.send(new PutCommand({ TableName, Item: order }));
const { Item } = await documents.send(new GetCommand({ TableName, Key: { customer: "ann", number: 1 } }));
delete order.missing;
assert.deepEqual({ ...Item, raw: new Uint8Array(Item.raw) }, order);

// A counter with a condition; who finds it broken is shown what is there.
const paid = {
  TableName, Key: { customer: "ann", number: 1 }, UpdateExpression: "SET paid = :yes, address.zip = :zip ADD visits :one",
  ConditionExpression: "paid = :no", ExpressionAttributeValues: { ":yes": true, ":no": false, ":one": 1, ":zip": "53111" },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
};
const { Attributes } = await documents.send(new UpdateCommand({ ...paid, ReturnValues: "ALL_NEW" }));
assert.equal(Attributes.visits, 1);
assert.deepEqual(Attributes.address, { city: "Bonn", zip: "53111" });
await refused(
  documents.send(new UpdateCommand(paid)), ConditionalCheckFailedException, "ConditionalCheckFailedException", 400, /^The conditional request failed$/);
const shown = await documents.send(new UpdateCommand(paid)).catch((error) => error);
assert.equal(shown.Item.visits.N ?? shown.Item.visits, "1", "an error keeps DynamoDB's own form");

await documents.send(new BatchWriteCommand({
  RequestItems: { [TableName]: Array.from({ length: 25 }, (_, number) => ({ PutRequest: { Item: { customer: "bob", number } } })) },
}));
const numbers = [];
const pages = paginateQuery({ client: documents, pageSize: 10 }, {
  TableName, KeyConditionExpression: "customer = :c", ExpressionAttributeValues: { ":c": "bob" }, ScanIndexForward: false,
});
for await (const page of pages) numbers.push(...page.Items.map((item) => item.number));
assert.deepEqual(numbers, Array.from({ length: 25 }, (_, at) => 24 - at));
const { Responses } = await documents.send(new BatchGetCommand({
  RequestItems: { [TableName]: { Keys: [{ customer: "bob", number: 3 }, { customer: "bob", number: 99 }] } },
}));
assert.deepEqual(Responses[TableName], [{ customer: "bob", number: 3 }]);

const cancelled = await documents.send(new TransactWriteCommand({
  TransactItems: [
    { Put: { TableName, Item: { customer: "cid", number: 1 } } },
    { Delete: { TableName, Key: { customer: "ann", number: 1 }, ConditionExpression: "paid = :no", ExpressionAttributeValues: { ":no": false } } },
  ],
})).catch((error) => error);
assert.ok(cancelled instanceof TransactionCanceledException, `${cancelled}`);
assert.deepEqual(cancelled.CancellationReasons.map((reason) => reason.Code), ["None", "ConditionalCheckFailed"]);
assert.equal((await documents.send(new GetCommand({ TableName, Key: { customer: "cid", number: 1 } }))).Item, undefined);

await refused(
  documents.send(new GetCommand({ TableName: "nowhere", Key: { customer: "x", number: 1 } })), ResourceNotFoundException,
  "ResourceNotFoundException", 400, /^Requested resource not found$/);
await client.send(new DeleteTableCommand({ TableName }));
await waitUntilTableNotExists({ client, maxWaitTime: 30 }, { TableName });
