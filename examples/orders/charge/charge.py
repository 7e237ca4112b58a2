import json
import os

import boto3

dynamodb = boto3.client("dynamodb")
events = boto3.client("events")


def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            charge(json.loads(record["body"]))
        except Exception as error:
            print(f"message {record['messageId']} failed: {error!r}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def charge(order):
    """Charges an order once: a second delivery finds it charged and only tells the bus again, with the same event."""
    try:
        dynamodb.update_item(
            TableName=os.environ["ORDERS_TABLE"],
            Key={"orderId": {"S": order["orderId"]}},
            UpdateExpression="SET #status = :charged",
            ConditionExpression="#status = :taken",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={":charged": {"S": "CHARGED"}, ":taken": {"S": "TAKEN"}},
        )
        print(f"order {order['orderId']} charged")
    except dynamodb.exceptions.ConditionalCheckFailedException:
        print(f"order {order['orderId']} was charged before")
    answer = events.put_events(
        Entries=[
            {
                "EventBusName": os.environ["BUS_NAME"],
                "Source": "orders.charge",
                "DetailType": "OrderCharged",
                "Detail": json.dumps(order),
            }
        ]
    )
    if answer["FailedEntryCount"]:
        raise RuntimeError(f"the bus refused the event: {answer['Entries']}")
