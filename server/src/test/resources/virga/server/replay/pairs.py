"""Functions with a known fault, each beside its repaired version. The labels are in ProcessPairsTest."""
import datetime
import functools
import json
import time
import uuid

import boto3
from botocore.exceptions import ClientError

client = functools.cache(boto3.client)


def put(table, key, condition=None, **attributes):
    item = {"id": {"S": key}, **{name: {"S": value} for name, value in attributes.items()}}
    options = {"ConditionExpression": condition} if condition else {}
    client("dynamodb").put_item(TableName=table, Item=item, **options)


def put_once(table, key, **attributes):
    try:
        put(table, key, "attribute_not_exists(id)", **attributes)
        return True
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False


def add(key, number):
    client("dynamodb").update_item(
        TableName="one",
        Key={"id": {"S": key}},
        UpdateExpression="ADD tally :n",
        ExpressionAttributeValues={":n": {"N": str(number)}},
    )


def row_under_a_new_id(event, context):
    put("one", str(uuid.uuid4()), order=event["id"])


def row_on_condition(event, context):
    put_once("one", event["id"], tracking=str(uuid.uuid4()))


def now_in_the_key(event, context):
    put("one", f"{event['id']}#{int(time.time())}", state="paid")


def time_of_the_event_in_the_key(event, context):
    put("one", f"{event['id']}#{event['at']}", state="paid", seen=datetime.datetime.now().isoformat())


def marker_before_the_work(event, context):
    if put_once("two", event["id"]):
        add("total", 5)


def marker_and_work_in_one_transaction(event, context):
    mark = {"TableName": "two", "Item": {"id": {"S": event["id"]}}, "ConditionExpression": "attribute_not_exists(id)"}
    count = {
        "TableName": "one",
        "Key": {"id": {"S": "total"}},
        "UpdateExpression": "ADD tally :n",
        "ExpressionAttributeValues": {":n": {"N": "5"}},
    }
    try:
        client("dynamodb").transact_write_items(TransactItems=[{"Put": mark}, {"Update": count}])
    except client("dynamodb").exceptions.TransactionCanceledException:
        print("counted before")


def counter_in_an_object(event, context):
    try:
        count = int(client("s3").get_object(Bucket="files", Key="count")["Body"].read())
    except client("s3").exceptions.NoSuchKey:
        count = 0
    client("s3").put_object(Bucket="files", Key="count", Body=str(count + 1))


def object_named_by_the_event(event, context):
    client("s3").put_object(Bucket="files", Key=f"counted/{event['id']}", Body=json.dumps({"seen": time.time()}))


def event_on_the_bus_each_time(event, context):
    put("one", event["id"], state="shipped")
    client("events").put_events(
        Entries=[{"Source": "shop", "DetailType": "Shipped", "Detail": json.dumps({"order": event["id"]})}]
    )


def event_as_a_row_for_a_stream(event, context):
    put("one", event["id"], state="shipped")
    put("two", f"outbox-{event['id']}", detail=json.dumps({"order": event["id"]}))


def reads_its_own_write(event, context):
    put("one", event["id"], state="paid")
    found = client("dynamodb").get_item(TableName="one", Key={"id": {"S": event["id"]}})
    if "Item" in found:
        put("two", event["id"])


def reads_its_own_write_consistently(event, context):
    put("one", event["id"], state="paid")
    found = client("dynamodb").get_item(TableName="one", Key={"id": {"S": event["id"]}}, ConsistentRead=True)
    if "Item" in found:
        put("two", event["id"])
