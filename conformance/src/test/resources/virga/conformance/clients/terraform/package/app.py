"""Greets whoever asks through the HTTP API, and stores the orders that a queue brings."""
import json
import os

import boto3


def handler(event, context):
    if "Records" not in event:
        return {"greeting": f"{os.environ['GREETING']}, {event['pathParameters']['who']}"}
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    for record in event["Records"]:
        order = json.loads(record["body"])
        table.put_item(Item={"id": order["id"], "placed": order["placed"], "customer": order["customer"]})
    return {"batchItemFailures": []}
