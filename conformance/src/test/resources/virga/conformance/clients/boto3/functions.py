"""Functions: made from a zip, waited for, invoked in each way, fed by a queue, their errors and their logs."""
import base64
import io
import json
import os
import zipfile

import boto3

from expecting import eventually, refused

CODE = '''
import json, os
import boto3

def handler(event, context):
    print("handling", json.dumps(event))
    if event.get("fail"):
        raise ValueError("as asked")
    if "Records" in event:
        bodies = [record["body"] for record in event["Records"]]
        boto3.client("ssm").put_parameter(Name="/handled", Type="String", Value=",".join(bodies))
        return
    return {"greeting": f"{os.environ['GREETING']}, {event['who']}", "version": context.function_version}
'''
ASSUMED = json.dumps({"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]})
ALLOWED = json.dumps({"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": ["logs:*", "sqs:*", "ssm:PutParameter"], "Resource": "*"}]})


def zipped(code):
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("app.py", code)
    return package.getvalue()


iam = boto3.resource("iam")
functions = boto3.client("lambda")

role = iam.create_role(RoleName="greeter", AssumeRolePolicyDocument=ASSUMED)
role.Policy("work").put(PolicyDocument=ALLOWED)
assert role.assume_role_policy_document == json.loads(ASSUMED)

created = functions.create_function(
    FunctionName="greeter", Runtime=os.environ["RUNTIME"], Handler="app.handler", Role=role.arn, Timeout=20,
    Code={"ZipFile": zipped(CODE)}, Environment={"Variables": {"GREETING": "Hello"}})
assert created["FunctionArn"] == f"arn:aws:lambda:eu-central-1:{role.arn.split(':')[4]}:function:greeter"
functions.get_waiter("function_active_v2").wait(FunctionName="greeter", WaiterConfig={"Delay": 1})

# Waited for, with the tail of its log; by its error; and not waited for.
answer = functions.invoke(FunctionName="greeter", Payload=json.dumps({"who": "Ann"}), LogType="Tail")
assert answer["StatusCode"] == 200
assert json.load(answer["Payload"]) == {"greeting": "Hello, Ann", "version": "$LATEST"}
tail = base64.b64decode(answer["LogResult"]).decode()
assert 'handling {"who": "Ann"}' in tail and "REPORT RequestId: " in tail, tail
failed = functions.invoke(FunctionName="greeter", Payload=json.dumps({"fail": True}))
assert failed["FunctionError"] == "Unhandled"
told = json.load(failed["Payload"])
assert (told["errorType"], told["errorMessage"]) == ("ValueError", "as asked"), told
assert told["stackTrace"], told
assert functions.invoke(FunctionName="greeter", InvocationType="Event", Payload="{}")["StatusCode"] == 202
assert functions.invoke(FunctionName="greeter", InvocationType="DryRun")["StatusCode"] == 204

# A change, its version, and an alias that names it.
functions.update_function_configuration(FunctionName="greeter", Environment={"Variables": {"GREETING": "Bye"}})
functions.get_waiter("function_updated_v2").wait(FunctionName="greeter", WaiterConfig={"Delay": 1})
version = functions.publish_version(FunctionName="greeter", Description="the first")["Version"]
assert version == "1"
functions.create_alias(FunctionName="greeter", Name="live", FunctionVersion=version)
live = functions.invoke(FunctionName="greeter", Qualifier="live", Payload=json.dumps({"who": "Bob"}))
assert live["ExecutedVersion"] == "1"
assert json.load(live["Payload"]) == {"greeting": "Bye, Bob", "version": "1"}
versions = functions.get_paginator("list_versions_by_function").paginate(FunctionName="greeter").build_full_result()
assert [found["Version"] for found in versions["Versions"]] == ["$LATEST", "1"]

# Fed by a queue: the effect is there, and the message is gone.
queue = boto3.resource("sqs").create_queue(QueueName="names", Attributes={"VisibilityTimeout": "30"})
mapping = functions.create_event_source_mapping(
    FunctionName="greeter", EventSourceArn=queue.attributes["QueueArn"], BatchSize=1)
eventually(lambda: functions.get_event_source_mapping(UUID=mapping["UUID"])["State"], lambda state: state == "Enabled")
queue.send_message(MessageBody="Cid")
parameters = boto3.client("ssm")
eventually(lambda: parameters.get_parameters(Names=["/handled"])["Parameters"],
           lambda found: [parameter["Value"] for parameter in found] == ["Cid"])
counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
eventually(lambda: boto3.client("sqs").get_queue_attributes(QueueUrl=queue.url, AttributeNames=counts)["Attributes"],
           lambda left: set(left.values()) == {"0"})

# What it printed stands in its log group.
logs = boto3.client("logs")
lines = eventually(
    lambda: [event["message"] for page in logs.get_paginator("filter_log_events").paginate(
        logGroupName="/aws/lambda/greeter", filterPattern='"Bob"') for event in page["events"]],
    lambda found: found)
assert lines[0].startswith('handling {"who": "Bob"}'), lines

try:
    functions.get_function(FunctionName="nobody")
    raise AssertionError("a function that is not there was given")
except functions.exceptions.ResourceNotFoundException as error:
    assert error.response["Error"]["Message"].startswith("Function not found: arn:aws:lambda:eu-central-1:"), error
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
try:
    functions.create_function(
        FunctionName="greeter", Runtime=os.environ["RUNTIME"], Handler="app.handler", Role=role.arn, Code={"ZipFile": zipped(CODE)})
    raise AssertionError("a function was made twice")
except functions.exceptions.ResourceConflictException as error:
    assert error.response["Error"]["Message"] == "Function already exist: greeter", error.response
with refused("InvalidParameterValueException", 400, "Could not unzip uploaded file"):
    functions.create_function(
        FunctionName="broken", Runtime=os.environ["RUNTIME"], Handler="app.handler", Role=role.arn, Code={"ZipFile": b"no zip"})
functions.delete_function(FunctionName="greeter")
assert functions.list_functions()["Functions"] == []
