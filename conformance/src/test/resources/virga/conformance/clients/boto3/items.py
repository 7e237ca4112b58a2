"""Items: the table resource with conditions, batches, transactions, indexes, paginators and waiters."""
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

from expecting import refused

resource = boto3.resource("dynamodb")
client = boto3.client("dynamodb")

orders = resource.create_table(
    TableName="orders",
    KeySchema=[{"AttributeName": "customer", "KeyType": "HASH"}, {"AttributeName": "number", "KeyType": "RANGE"}],
    AttributeDefinitions=[
        {"AttributeName": "customer", "AttributeType": "S"},
        {"AttributeName": "number", "AttributeType": "N"},
        {"AttributeName": "state", "AttributeType": "S"},
    ],
    GlobalSecondaryIndexes=[{
        "IndexName": "by-state",
        "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}, {"AttributeName": "number", "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "ALL"},
    }],
    BillingMode="PAY_PER_REQUEST",
)
client.get_waiter("table_exists").wait(TableName="orders", WaiterConfig={"Delay": 1})
orders.load()
assert orders.table_status == "ACTIVE"
assert orders.item_count == 0
assert orders.global_secondary_indexes[0]["IndexStatus"] == "ACTIVE"

# Every type comes back as it went.
first = {
    "customer": "ann", "number": 1, "state": "new", "sum": Decimal("12.50"), "gift": True, "note": None,
    "lines": [{"sku": "tea", "count": 2}], "tags": {"b", "a"}, "codes": {1, 2}, "raw": b"\x00\xff",
}
orders.put_item(Item=first)
stored = orders.get_item(Key={"customer": "ann", "number": 1}, ConsistentRead=True)["Item"]
assert {**stored, "raw": stored["raw"].value} == first, stored
assert "Item" not in orders.get_item(Key={"customer": "ann", "number": 2})

# Conditions: who comes second is refused, and is shown what is there.
try:
    orders.put_item(
        Item={"customer": "ann", "number": 1}, ConditionExpression=Attr("customer").not_exists(),
        ReturnValuesOnConditionCheckFailure="ALL_OLD")
    raise AssertionError("an order was overwritten")
except client.exceptions.ConditionalCheckFailedException as error:
    assert error.response["Error"]["Message"] == "The conditional request failed"
    assert error.response["Item"]["state"] == {"S": "new"}, error.response
changed = orders.update_item(
    Key={"customer": "ann", "number": 1},
    UpdateExpression="SET #state = :paid, #sum = #sum + :fee REMOVE note ADD tags :more",
    ConditionExpression=Attr("state").eq("new") & Attr("lines[0].count").between(1, 5) & ~Attr("closed").exists(),
    ExpressionAttributeNames={"#state": "state", "#sum": "sum"},
    ExpressionAttributeValues={":paid": "paid", ":fee": Decimal("0.25"), ":more": {"c"}},
    ReturnValues="UPDATED_NEW",
)["Attributes"]
assert changed == {"state": "paid", "sum": Decimal("12.75"), "tags": {"a", "b", "c"}}, changed

# Batches: more than one call can carry, some of them twice.
with orders.batch_writer(overwrite_by_pkeys=["customer", "number"]) as batch:
    for number in range(60):
        batch.put_item({"customer": "bob", "number": number, "state": "new" if number % 2 else "paid"})
    batch.put_item({"customer": "bob", "number": 3, "state": "lost"})
    batch.delete_item({"customer": "bob", "number": 4})
answer = resource.batch_get_item(RequestItems={"orders": {
    "Keys": [{"customer": "bob", "number": n} for n in (3, 4, 5)], "ProjectionExpression": "#n, #s",
    "ExpressionAttributeNames": {"#n": "number", "#s": "state"}}})
assert sorted((item["number"], item["state"]) for item in answer["Responses"]["orders"]) == [(3, "lost"), (5, "new")]
assert answer["UnprocessedKeys"] == {}

# Queries in pages, in both directions, and through the index.
latest = orders.query(
    KeyConditionExpression=Key("customer").eq("bob") & Key("number").between(10, 20), ScanIndexForward=False, Limit=4)
assert [int(item["number"]) for item in latest["Items"]] == [20, 19, 18, 17]
assert latest["LastEvaluatedKey"] == {"customer": "bob", "number": 17}
pages = list(client.get_paginator("query").paginate(
    TableName="orders", IndexName="by-state", KeyConditionExpression="#s = :s",
    ExpressionAttributeNames={"#s": "state"}, ExpressionAttributeValues={":s": {"S": "new"}},
    PaginationConfig={"PageSize": 12}))
assert sum(page["Count"] for page in pages) == 29
assert [page["Count"] for page in pages][:2] == [12, 12]
lost = orders.scan(FilterExpression=Attr("state").is_in(["lost", "gone"]), Select="COUNT")
assert (lost["Count"], lost["ScannedCount"]) == (1, 60), lost

# Transactions: all or nothing, each reason told.
client.transact_write_items(TransactItems=[
    {"Put": {"TableName": "orders", "Item": {"customer": {"S": "cid"}, "number": {"N": "1"}}}},
    {"Update": {
        "TableName": "orders", "Key": {"customer": {"S": "ann"}, "number": {"N": "1"}},
        "UpdateExpression": "SET friend = :f", "ExpressionAttributeValues": {":f": {"S": "cid"}}}},
])
assert orders.get_item(Key={"customer": "ann", "number": 1})["Item"]["friend"] == "cid"
try:
    client.transact_write_items(TransactItems=[
        {"Delete": {"TableName": "orders", "Key": {"customer": {"S": "cid"}, "number": {"N": "1"}}}},
        {"ConditionCheck": {
            "TableName": "orders", "Key": {"customer": {"S": "ann"}, "number": {"N": "1"}},
            "ConditionExpression": "friend = :f", "ExpressionAttributeValues": {":f": {"S": "dan"}}}},
    ])
    raise AssertionError("a transaction went through whose condition does not hold")
except client.exceptions.TransactionCanceledException as error:
    assert [reason["Code"] for reason in error.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert "specific reasons [None, ConditionalCheckFailed]" in error.response["Error"]["Message"]
assert "Item" in orders.get_item(Key={"customer": "cid", "number": 1})
both = client.transact_get_items(TransactItems=[
    {"Get": {"TableName": "orders", "Key": {"customer": {"S": name}, "number": {"N": "1"}}}} for name in ("ann", "cid")])
assert [answer["Item"]["customer"]["S"] for answer in both["Responses"]] == ["ann", "cid"]

# What AWS refuses.
with refused("ValidationException", 400, "The provided key element does not match the schema"):
    orders.get_item(Key={"customer": "ann"})
with refused("ValidationException", 400, "Invalid UpdateExpression: Syntax error"):
    orders.update_item(Key={"customer": "ann", "number": 1}, UpdateExpression="SET")
try:
    client.describe_table(TableName="nowhere")
    raise AssertionError("a table that is not there was described")
except client.exceptions.ResourceNotFoundException as error:
    assert error.response["Error"]["Message"] == "Requested resource not found: Table: nowhere not found"
try:
    client.create_table(
        TableName="orders", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
    raise AssertionError("a table was made twice")
except client.exceptions.ResourceInUseException as error:
    assert error.response["Error"]["Message"] == "Table already exists: orders"

orders.delete()
client.get_waiter("table_not_exists").wait(TableName="orders", WaiterConfig={"Delay": 1})
assert list(resource.tables.all()) == []
