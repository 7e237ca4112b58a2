"""Queues: the resource and the client, attributes, batches, dead letters, tags, error classes."""
import json

import boto3

from expecting import eventually, refused

sqs = boto3.resource("sqs")
client = boto3.client("sqs")

dead = sqs.create_queue(QueueName="dead")
queue = sqs.create_queue(
    QueueName="orders",
    Attributes={
        "VisibilityTimeout": "30",
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead.attributes["QueueArn"], "maxReceiveCount": 1}),
    },
    tags={"team": "orders"},
)
assert sqs.get_queue_by_name(QueueName="orders").url == queue.url
assert client.list_queue_tags(QueueUrl=queue.url)["Tags"] == {"team": "orders"}
assert queue.attributes["VisibilityTimeout"] == "30"
assert [source.url for source in dead.dead_letter_source_queues.all()] == [queue.url]

# A message, its digest (which boto3 compares itself) and its attributes.
queue.send_message(MessageBody="tea", MessageAttributes={
    "count": {"DataType": "Number", "StringValue": "2"}, "raw": {"DataType": "Binary", "BinaryValue": b"\x01"}})
message, = queue.receive_messages(
    WaitTimeSeconds=5, MessageAttributeNames=["All"], MessageSystemAttributeNames=["ApproximateReceiveCount"])
assert message.body == "tea"
assert message.message_attributes["count"]["StringValue"] == "2"
assert message.message_attributes["raw"]["BinaryValue"] == b"\x01"
assert message.attributes == {"ApproximateReceiveCount": "1"}
message.change_visibility(VisibilityTimeout=30)
message.delete()

# A batch: what is wrong in it is told beside what is right.
answer = queue.send_messages(Entries=[
    {"Id": "good", "MessageBody": "one"}, {"Id": "late", "MessageBody": "two", "DelaySeconds": 901}])
assert [entry["Id"] for entry in answer["Successful"]] == ["good"], answer
assert [(entry["Id"], entry["Code"], entry["SenderFault"]) for entry in answer["Failed"]] == [
    ("late", "InvalidParameterValue", True)], answer
try:
    queue.send_messages(Entries=[{"Id": "same", "MessageBody": "1"}, {"Id": "same", "MessageBody": "2"}])
    raise AssertionError("two entries of one id were taken")
except client.exceptions.BatchEntryIdsNotDistinct as error:
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400

# Received and not deleted, it is a dead letter.
received, = queue.receive_messages(WaitTimeSeconds=5, VisibilityTimeout=0)
assert received.body == "one"
eventually(lambda: (queue.receive_messages(), dead.receive_messages(VisibilityTimeout=0))[1],
           lambda letters: [letter.body for letter in letters] == ["one"])
assert client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["ApproximateNumberOfMessages"])[
    "Attributes"] == {"ApproximateNumberOfMessages": "0"}

# Queues by prefix, in pages.
for number in range(5):
    client.create_queue(QueueName=f"many-{number}")
pages = list(client.get_paginator("list_queues").paginate(
    QueueNamePrefix="many-", PaginationConfig={"PageSize": 2}))
assert [len(page["QueueUrls"]) for page in pages] == [2, 2, 1], pages

try:
    client.get_queue_url(QueueName="nowhere")
    raise AssertionError("a queue that is not there has an address")
except client.exceptions.QueueDoesNotExist as error:
    # Known by its old name to those who came with the query protocol, as AWS answers boto3.
    assert error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", error.response
    assert error.response["Error"]["QueryErrorCode"] == "QueueDoesNotExist", error.response
with refused("InvalidAttributeValue", 400, "VisibilityTimeout"):
    queue.set_attributes(Attributes={"VisibilityTimeout": "43201"})
