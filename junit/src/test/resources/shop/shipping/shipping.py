"""Ships an order. Signs its calls by hand, so that the tests need no SDK and no network to install one from."""
import datetime
import hashlib
import hmac
import json
import os
import urllib.error
import urllib.request
import uuid


def ship(event, context):
    # The fault: every delivery makes a shipment of its own.
    put(str(uuid.uuid4()), event["orderId"])


def ship_once(event, context):
    try:
        put(event["orderId"], event["orderId"], ConditionExpression="attribute_not_exists(shipmentId)")
    except RuntimeError as refused:
        if "ConditionalCheckFailedException" not in str(refused):
            raise
        print("shipped before")


def put(shipment_id, order_id, **options):
    item = {"shipmentId": {"S": shipment_id}, "orderId": {"S": order_id}}
    call("PutItem", {"TableName": os.environ["SHIPMENTS_TABLE"], "Item": item, **options})


def call(operation, content):
    body = json.dumps(content).encode()
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    region = os.environ["AWS_REGION"]
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "content-type": "application/x-amz-json-1.0",
        "host": endpoint.split("//")[1],
        "x-amz-date": now,
        "x-amz-security-token": os.environ["AWS_SESSION_TOKEN"],
        "x-amz-target": "DynamoDB_20120810." + operation,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{now[:8]}/{region}/dynamodb/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    request = urllib.request.Request(endpoint + "/", data=body, headers=headers, method="POST")
    try:
        urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as refused:
        raise RuntimeError(refused.read().decode()) from None
