"""Objects: the resource and the client, transfers in parts, paginators, waiters, presigned links, error classes."""
import io
import os
import tempfile
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from expecting import refused

MEBIBYTE = 1024 * 1024

s3 = boto3.client("s3")
bucket = boto3.resource("s3").Bucket("receipts")
bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
bucket.wait_until_exists()
assert s3.get_bucket_location(Bucket="receipts")["LocationConstraint"] == "eu-central-1"
assert [found.name for found in boto3.resource("s3").buckets.all()] == ["receipts"]

# A file above the threshold goes up in parts, and comes back in ranges.
parts = TransferConfig(multipart_threshold=6 * MEBIBYTE, multipart_chunksize=5 * MEBIBYTE, max_concurrency=3)
content = os.urandom(11 * MEBIBYTE)
seen = []
with tempfile.NamedTemporaryFile() as file:
    file.write(content)
    file.flush()
    bucket.upload_file(
        file.name, "large.bin", ExtraArgs={"Metadata": {"kind": "random"}, "ContentType": "application/x-random"},
        Config=parts, Callback=seen.append)
assert sum(seen) == len(content), sum(seen)
head = s3.head_object(Bucket="receipts", Key="large.bin")
assert head["ContentLength"] == len(content)
assert head["ETag"].endswith('-3"'), head["ETag"]
assert head["Metadata"] == {"kind": "random"}
assert head["ContentType"] == "application/x-random"
back = io.BytesIO()
s3.download_fileobj("receipts", "large.bin", back, Config=parts)
assert back.getvalue() == content
tail = s3.get_object(Bucket="receipts", Key="large.bin", Range="bytes=-7")
assert tail["Body"].read() == content[-7:]
assert tail["ContentRange"] == f"bytes {len(content) - 7}-{len(content) - 1}/{len(content)}"

# A copy above the threshold is made of parts, too.
s3.copy({"Bucket": "receipts", "Key": "large.bin"}, "receipts", "copy.bin", Config=parts)
assert s3.get_object(Bucket="receipts", Key="copy.bin")["Body"].read() == content

# An upload that is given up leaves nothing.
upload = s3.create_multipart_upload(Bucket="receipts", Key="abandoned")["UploadId"]
s3.upload_part(Bucket="receipts", Key="abandoned", UploadId=upload, PartNumber=1, Body=b"x")
assert [u["UploadId"] for u in s3.list_multipart_uploads(Bucket="receipts")["Uploads"]] == [upload]
s3.abort_multipart_upload(Bucket="receipts", Key="abandoned", UploadId=upload)
assert "Uploads" not in s3.list_multipart_uploads(Bucket="receipts")

# Checksums go with the object and are looked at.
s3.put_object(Bucket="receipts", Key="summed", Body=b"123456789", ChecksumAlgorithm="SHA256")
summed = s3.head_object(Bucket="receipts", Key="summed", ChecksumMode="ENABLED")
assert summed["ChecksumSHA256"] == "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=", summed
with refused("BadDigest", 400, "The CRC32 you specified did not match"):
    s3.put_object(Bucket="receipts", Key="bad", Body=b"123456789", ChecksumCRC32="AAAAAA==")

# Listings come in pages, and folders are prefixes.
for day in range(1, 8):
    bucket.put_object(Key=f"2026/01/{day:02}.txt", Body=f"day {day}".encode())
pages = list(s3.get_paginator("list_objects_v2").paginate(
    Bucket="receipts", Prefix="2026/", PaginationConfig={"PageSize": 3}))
assert [len(page["Contents"]) for page in pages] == [3, 3, 1]
assert [page["KeyCount"] for page in pages] == [3, 3, 1]
folders = s3.list_objects_v2(Bucket="receipts", Delimiter="/")
assert [folder["Prefix"] for folder in folders["CommonPrefixes"]] == ["2026/"]
assert [found.key for found in bucket.objects.filter(Prefix="2026/").limit(2)] == ["2026/01/01.txt", "2026/01/02.txt"]

# A presigned link works without credentials, and its signature covers what it names.
link = s3.generate_presigned_url("get_object", Params={"Bucket": "receipts", "Key": "2026/01/05.txt"}, ExpiresIn=60)
with urllib.request.urlopen(link) as answer:
    assert answer.read() == b"day 5"
try:
    urllib.request.urlopen(link.replace("05.txt", "06.txt"))
    raise AssertionError("a presigned link for another key was taken")
except urllib.error.HTTPError as error:
    assert error.code == 403, error.code
    assert b"<Code>SignatureDoesNotMatch</Code>" in error.read()
form = s3.generate_presigned_post("receipts", "posted", ExpiresIn=60)
assert form["fields"]["key"] == "posted"

# Who asks in vain is told in the error classes that boto3 makes of the model.
try:
    s3.get_object(Bucket="receipts", Key="nowhere")
    raise AssertionError("an object that is not there was given")
except s3.exceptions.NoSuchKey as error:
    assert error.response["Error"]["Message"] == "The specified key does not exist.", error.response
with refused("404", 404, "Not Found"):
    s3.head_object(Bucket="receipts", Key="nowhere")
try:
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    raise AssertionError("a bucket was made twice")
except s3.exceptions.BucketAlreadyOwnedByYou as error:
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 409
try:
    bucket.delete()
    raise AssertionError("a bucket with objects was deleted")
except ClientError as error:
    assert error.response["Error"]["Code"] == "BucketNotEmpty"

# Versions, and everything gone in the end.
bucket.Versioning().enable()
bucket.put_object(Key="terms", Body=b"old")
bucket.put_object(Key="terms", Body=b"new")
bucket.Object("terms").delete()
versions = [v for v in bucket.object_versions.filter(Prefix="terms")]
assert len(versions) == 3, versions
assert versions[0].get()["Body"].read() == b"new"
answers = bucket.object_versions.delete()
assert all("Errors" not in answer for answer in answers)
bucket.objects.all().delete()
bucket.delete()
bucket.wait_until_not_exists()
