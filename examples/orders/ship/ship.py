import os
import uuid

import boto3

dynamodb = boto3.client("dynamodb")


def handler(event, context):
    order = event["detail"]
    # The fault: EventBridge delivers at least once, and every delivery makes a shipment of its own.
    shipment_id = str(uuid.uuid4())
    dynamodb.put_item(
        TableName=os.environ["SHIPMENTS_TABLE"],
        Item={
            "shipmentId": {"S": shipment_id},
            "orderId": {"S": order["orderId"]},
            "product": {"S": order["product"]},
            "quantity": {"N": str(order["quantity"])},
        },
    )
    print(f"order {order['orderId']} shipped as {shipment_id}")
