"""Greets by name, and keeps whom it greeted."""
import os

import boto3


def handler(event, context):
    if "Records" in event:
        for record in event["Records"]:
            keep(record["body"])
        return None
    name = event["pathParameters"]["name"] if "pathParameters" in event else event["name"]
    print("greeting", name)
    keep(name)
    return {"greeting": f"{os.environ['GREETING']}, {name}"}


def keep(name):
    boto3.client("dynamodb").put_item(TableName=os.environ["TABLE"], Item={"name": {"S": name}})
