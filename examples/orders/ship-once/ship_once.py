import os

import boto3

dynamodb = boto3.client("dynamodb")


def handler(event, context):
    order = event["detail"]
    try:
        dynamodb.put_item(
            TableName=os.environ["SHIPMENTS_TABLE"],
            Item={
                "shipmentId": {"S": order["orderId"]},
                "orderId": {"S": order["orderId"]},
                "product": {"S": order["product"]},
                "quantity": {"N": str(order["quantity"])},
            },
            ConditionExpression="attribute_not_exists(shipmentId)",
        )
        print(f"order {order['orderId']} shipped")
    except dynamodb.exceptions.ConditionalCheckFailedException:
        print(f"order {order['orderId']} was shipped before")
