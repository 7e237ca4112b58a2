// A function of Node.js, made from a zip with its role; a rule that invokes it; what it sends arrives in a queue.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand, CreateFunctionCommand, GetFunctionCommand, InvokeCommand, LambdaClient, ResourceNotFoundException,
  TooManyRequestsException, PutFunctionConcurrencyCommand, waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, QueueDoesNotExist, ReceiveMessageCommand,
  SendMessageBatchCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient,
} from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { eventually, refused } from "./expecting.mjs";

const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
const lambda = new LambdaClient({});
const sqs = new SQSClient({});
const events = new EventBridgeClient({});

const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "greeted" }));

// Many messages at once, each told of by its own id.
const sent = await sqs.send(new SendMessageBatchCommand({
  QueueUrl, Entries: [
    { Id: "a", MessageBody: "first", MessageAttributes: { kind: { DataType: "String", StringValue: "test" } } },
    { Id: "b", MessageBody: "second", DelaySeconds: 901 },
  ],
}));
assert.deepEqual(sent.Successful.map((entry) => entry.Id), ["a"]);
assert.deepEqual(sent.Failed.map((entry) => [entry.Id, entry.Code]), [["b", "InvalidParameterValue"]]);
const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ["All"] }));
assert.equal(Messages[0].MessageAttributes.kind.StringValue, "test");
const gone = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: "x", ReceiptHandle: Messages[0].ReceiptHandle }] }));
assert.equal(gone.Successful.length, 1);
await refused(
  sqs.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-not`, MessageBody: "x" })), QueueDoesNotExist, "QueueDoesNotExist", 400,
  /^The specified queue does not exist/);

const { Role } = await new IAMClient({}).send(new CreateRoleCommand({
  RoleName: "greeter", AssumeRolePolicyDocument: JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
}));
await lambda.send(new CreateFunctionCommand({
  FunctionName: "greeter", Runtime: "nodejs22.x", Handler: "index.handler", Role: Role.Arn, Timeout: 20,
  Code: { ZipFile: readFileSync("function.zip") }, Environment: { Variables: { GREETING: "Hello" } },
}));
await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60 }, { FunctionName: "greeter" });
const answer = await lambda.send(new InvokeCommand({ FunctionName: "greeter", Payload: JSON.stringify({ who: "Änn" }), LogType: "Tail" }));
assert.deepEqual(JSON.parse(answer.Payload.transformToString()), { greeting: "Hello, Änn" });
assert.match(Buffer.from(answer.LogResult, "base64").toString(), /REPORT RequestId: /);
const failed = await lambda.send(new InvokeCommand({ FunctionName: "greeter", Payload: "{}" }));
assert.equal(failed.FunctionError, "Unhandled");
assert.equal(JSON.parse(failed.Payload.transformToString()).errorType, "TypeError");

// An event goes to both targets of a rule: as its detail alone, and as a text made of it.
const rule = await events.send(new PutRuleCommand({ Name: "asked", EventPattern: JSON.stringify({ source: ["door"] }) }));
const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: "greeter" }));
const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
await sqs.send(new SetQueueAttributesCommand({
  QueueUrl, Attributes: {
    Policy: JSON.stringify({
      Version: "2012-10-17", Statement: [{
        Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: Attributes.QueueArn,
        Condition: { ArnEquals: { "aws:SourceArn": rule.RuleArn } },
      }],
    }),
  },
}));
await lambda.send(new AddPermissionCommand({
  FunctionName: "greeter", StatementId: "rule", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: rule.RuleArn,
}));
await events.send(new PutTargetsCommand({
  Rule: "asked", Targets: [
    { Id: "function", Arn: Configuration.FunctionArn, InputPath: "$.detail" },
    { Id: "queue", Arn: Attributes.QueueArn, InputTransformer: { InputPathsMap: { who: "$.detail.who" }, InputTemplate: '"asked by <who>"' } },
  ],
}));
const put = await events.send(new PutEventsCommand({ Entries: [{ Source: "door", DetailType: "asked", Detail: JSON.stringify({ who: "Bob" }) }] }));
assert.equal(put.FailedEntryCount, 0);
const bodies = [];
await eventually(async () => {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }));
  bodies.push(...Messages.map((message) => message.Body));
  return bodies;
}, (found) => found.includes('"asked by Bob"'));

// Without concurrency it is throttled, in the class that callers catch.
await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "greeter", ReservedConcurrentExecutions: 0 }));
await refused(
  new LambdaClient({ maxAttempts: 1 }).send(new InvokeCommand({ FunctionName: "greeter" })), TooManyRequestsException, "TooManyRequestsException", 429, /Rate Exceeded/);
await refused(
  lambda.send(new GetFunctionCommand({ FunctionName: "nobody" })), ResourceNotFoundException, "ResourceNotFoundException", 404,
  new RegExp(`^Function not found: arn:aws:lambda:eu-central-1:${Account}:function:nobody`));
