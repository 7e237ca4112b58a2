"""A bus whose rule feeds a queue, parameters by path, roles that are assumed, and log groups."""
import json

import boto3

from expecting import eventually, refused

account = boto3.client("sts").get_caller_identity()["Account"]

# An event that the pattern takes arrives as its target's template says; another does not.
events = boto3.client("events")
queue = boto3.resource("sqs").create_queue(QueueName="placed")
arn = queue.attributes["QueueArn"]
events.create_event_bus(Name="shop")
rule = events.put_rule(
    Name="placed", EventBusName="shop",
    EventPattern=json.dumps({"source": ["shop"], "detail": {"total": [{"numeric": [">", 10]}]}}))["RuleArn"]
queue.set_attributes(Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
    "Condition": {"ArnEquals": {"aws:SourceArn": rule}}}]})})
assert events.put_targets(Rule="placed", EventBusName="shop", Targets=[{
    "Id": "queue", "Arn": arn,
    "InputTransformer": {"InputPathsMap": {"id": "$.detail.id"}, "InputTemplate": '{"order": "<id>"}'}}])[
        "FailedEntryCount"] == 0


def entry(number, total):
    return {"EventBusName": "shop", "Source": "shop", "DetailType": "placed",
            "Detail": json.dumps({"id": number, "total": total})}


answer = events.put_events(Entries=[entry("o-1", 5), entry("o-2", 50), {**entry("o-3", 50), "Detail": "not json"}])
assert answer["FailedEntryCount"] == 1, answer
assert answer["Entries"][2]["ErrorCode"] == "MalformedDetail", answer
messages = eventually(lambda: queue.receive_messages(WaitTimeSeconds=1), lambda found: found)
assert [json.loads(message.body) for message in messages] == [{"order": "o-2"}]
messages[0].delete()
rules = [r["Name"] for page in events.get_paginator("list_rules").paginate(EventBusName="shop") for r in page["Rules"]]
assert rules == ["placed"]
try:
    events.describe_rule(Name="nowhere", EventBusName="shop")
    raise AssertionError("a rule that is not there was described")
except events.exceptions.ResourceNotFoundException as error:
    assert error.response["Error"]["Message"] == "Rule nowhere does not exist on EventBus shop.", error.response

# Parameters by path, decrypted when asked.
ssm = boto3.client("ssm")
for number in range(12):
    ssm.put_parameter(Name=f"/shop/prices/{number:02}", Type="String", Value=str(number))
ssm.put_parameter(Name="/shop/secret", Type="SecureString", Value="s3cret")
pages = list(ssm.get_paginator("get_parameters_by_path").paginate(
    Path="/shop", Recursive=True, WithDecryption=True, PaginationConfig={"PageSize": 5}))
found = {parameter["Name"]: parameter["Value"] for page in pages for parameter in page["Parameters"]}
assert len(found) == 13 and found["/shop/secret"] == "s3cret", found
assert ssm.get_parameter(Name="/shop/secret")["Parameter"]["Value"] != "s3cret"
assert ssm.put_parameter(Name="/shop/prices/01", Value="11", Overwrite=True)["Version"] == 2
try:
    ssm.put_parameter(Name="/shop/prices/01", Type="String", Value="again")
    raise AssertionError("a parameter was overwritten unasked")
except ssm.exceptions.ParameterAlreadyExists as error:
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
try:
    ssm.get_parameter(Name="/nowhere")
    raise AssertionError("a parameter that is not there was given")
except ssm.exceptions.ParameterNotFound as error:
    assert error.response["Error"]["Code"] == "ParameterNotFound"

# A role's session may do what the role may, and no more.
iam = boto3.client("iam")
iam.create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps({
    "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}}]}))
iam.get_waiter("role_exists").wait(RoleName="reader", WaiterConfig={"Delay": 1})
iam.put_role_policy(RoleName="reader", PolicyName="read", PolicyDocument=json.dumps({
    "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "ssm:GetParameter",
        "Resource": f"arn:aws:ssm:eu-central-1:{account}:parameter/shop/prices/*"}]}))
session = boto3.client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/reader", RoleSessionName="ann")
keys = session["Credentials"]
reader = boto3.Session(
    aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
    aws_session_token=keys["SessionToken"])
assert reader.client("sts").get_caller_identity()["Arn"] == f"arn:aws:sts::{account}:assumed-role/reader/ann"
assert reader.client("ssm").get_parameter(Name="/shop/prices/01")["Parameter"]["Value"] == "11"
with refused("AccessDeniedException", 400, "is not authorized to perform: ssm:GetParameter"):
    reader.client("ssm").get_parameter(Name="/shop/secret")

# Log events, filtered and in pages.
logs = boto3.client("logs")
logs.create_log_group(logGroupName="/shop", tags={"team": "orders"})
logs.create_log_stream(logGroupName="/shop", logStreamName="web")
now = __import__("time").time_ns() // 1_000_000
logs.put_log_events(logGroupName="/shop", logStreamName="web", logEvents=[
    {"timestamp": now + number, "message": json.dumps({"level": "WARN" if number % 3 else "ERROR", "number": number})}
    for number in range(10)])
matched = logs.get_paginator("filter_log_events").paginate(
    logGroupName="/shop", filterPattern='{ $.level = "ERROR" && $.number > 0 }', PaginationConfig={"PageSize": 2})
assert [json.loads(event["message"])["number"] for page in matched for event in page["events"]] == [3, 6, 9]
try:
    logs.create_log_group(logGroupName="/shop")
    raise AssertionError("a log group was made twice")
except logs.exceptions.ResourceAlreadyExistsException as error:
    assert error.response["Error"]["Message"] == "The specified log group already exists", error.response
