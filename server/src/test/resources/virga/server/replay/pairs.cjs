// Functions with a known fault, each beside its repaired version. The labels are in ProcessPairsTest. They sign their calls
// by hand, so that the tests need no SDK and no network to install one from.
const { createHash, createHmac, randomUUID } = require("node:crypto");

const hash = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

async function call(service, target, input) {
  const body = JSON.stringify(input);
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_SESSION_TOKEN: token } = process.env;
  const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers = {
    "content-type": "application/x-amz-json-1." + (service === "events" ? "1" : "0"),
    host: new URL(endpoint).host,
    "x-amz-date": now,
    "x-amz-security-token": token,
    "x-amz-target": target,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = `POST\n/\n\n${lines}\n${names.join(";")}\n${hash(body)}`;
  const scope = `${now.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = scope.split("/").reduce(hmac, "AWS4" + process.env.AWS_SECRET_ACCESS_KEY);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${now}\n${scope}\n${hash(canonical)}`).toString("hex");
  headers.authorization =
    `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/${scope}, ` +
    `SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const answer = await fetch(endpoint + "/", { method: "POST", headers, body });
  const output = await answer.json();
  if (!answer.ok) {
    throw new Error(output.__type + ": " + (output.message ?? output.Message));
  }
  return output;
}

const dynamodb = (operation, input) => call("dynamodb", "DynamoDB_20120810." + operation, input);
const put = (TableName, id, attributes = {}, options = {}) =>
  dynamodb("PutItem", { TableName, Item: { id: { S: id }, ...attributes }, ...options });
const send = (body) =>
  call("sqs", "AmazonSQS.SendMessage", {
    QueueUrl: `${process.env.AWS_ENDPOINT_URL}/000000000000/out`,
    MessageBody: JSON.stringify(body),
  });
const publish = (detail) =>
  call("events", "AWSEvents.PutEvents", {
    Entries: [{ Source: "shop", DetailType: "Shipped", Detail: JSON.stringify(detail) }],
  });

async function putOnce(table, id, attributes) {
  try {
    await put(table, id, attributes, { ConditionExpression: "attribute_not_exists(id)" });
    return true;
  } catch (refused) {
    if (!String(refused).includes("ConditionalCheckFailed")) {
      throw refused;
    }
    return false;
  }
}

const add = (id, number) =>
  dynamodb("UpdateItem", {
    TableName: "one",
    Key: { id: { S: id } },
    UpdateExpression: "ADD tally :n",
    ExpressionAttributeValues: { ":n": { N: String(number) } },
  });

exports.rowUnderANewId = async (event) => put("one", randomUUID(), { order: { S: event.id } });
exports.rowOnCondition = async (event) => putOnce("one", event.id, { tracking: { S: randomUUID() } });

// An idempotency table as libraries keep it: begun, the work, completed.
exports.idempotencyTableAndACounter = async (event) => {
  if (!(await putOnce("two", event.id, { state: { S: "INPROGRESS" } }))) {
    const { Item: found } = await dynamodb("GetItem", { TableName: "two", Key: { id: { S: event.id } }, ConsistentRead: true });
    if (found.state.S === "COMPLETED") {
      return;
    }
  }
  await add("total", 5);
  await put("two", event.id, { state: { S: "COMPLETED" } });
};
exports.idempotencyTableAndARow = async (event) => {
  if (!(await putOnce("two", event.id, { state: { S: "INPROGRESS" } }))) {
    const { Item: found } = await dynamodb("GetItem", { TableName: "two", Key: { id: { S: event.id } }, ConsistentRead: true });
    if (found.state.S === "COMPLETED") {
      return;
    }
  }
  await put("one", event.id, { paid: { S: "yes" } });
  await put("two", event.id, { state: { S: "COMPLETED" } });
};

exports.keyIsNull = async (event) => {
  const key = event.orderId ?? randomUUID();
  if (await putOnce("two", key)) {
    await put("one", `payment-${key}`);
  }
};
exports.keyIsThere = async (event) => {
  await putOnce("two", event.id);
  await put("one", `payment-${event.id}`);
};

exports.publishesBeforeItWrites = async (event) => {
  const { Item: seen } = await dynamodb("GetItem", { TableName: "two", Key: { id: { S: event.id } }, ConsistentRead: true });
  if (!seen) {
    await publish({ order: event.id });
    await put("two", event.id);
  }
};
exports.writesWhatAStreamPublishes = async (event) => put("two", event.id, { publish: { S: JSON.stringify({ order: event.id }) } });

const seen = new Set();
exports.remembersInMemory = async (event) => {
  if (!seen.has(event.id)) {
    await send({ order: event.id });
    seen.add(event.id);
  }
};
const lines = [];
exports.growsInMemory = async (event) => {
  lines.push(event.id);
  await put("one", event.id, { lines: { S: lines.join() } });
};
exports.forgetsBetweenEvents = async (event) => {
  const own = [event.id];
  await put("one", event.id, { lines: { S: own.join() } });
};
