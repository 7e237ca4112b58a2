// Objects: streams in both directions, an upload in parts, a presigned link, waiters, paginators, errors.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound,
  paginateListObjectsV2, PutObjectCommand, S3Client, S3ServiceException, waitUntilBucketExists, waitUntilObjectNotExists,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { refused } from "./expecting.mjs";

const MEBIBYTE = 1024 * 1024;
const s3 = new S3Client({});
const Bucket = "pictures";

await s3.send(new CreateBucketCommand({ Bucket }));
const { state } = await waitUntilBucketExists({ client: s3, maxWaitTime: 30 }, { Bucket });
assert.equal(state, "SUCCESS");

// A string, with the checksum that the SDK adds, and back as a stream that is checked against it.
await s3.send(new PutObjectCommand({ Bucket, Key: "a note.txt", Body: "Grüße", ContentType: "text/plain", Metadata: { from: "ann" } }));
const note = await s3.send(new GetObjectCommand({ Bucket, Key: "a note.txt", ChecksumMode: "ENABLED" }));
assert.equal(await note.Body.transformToString(), "Grüße");
assert.equal(note.ContentType, "text/plain");
assert.deepEqual(note.Metadata, { from: "ann" });
assert.ok(note.ChecksumCRC32);

// A stream whose length is not known goes up in parts.
const content = randomBytes(11 * MEBIBYTE);
const chunks = Readable.from((function* () {
  for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
})());
const upload = new Upload({ client: s3, params: { Bucket, Key: "large.bin", Body: chunks }, partSize: 5 * MEBIBYTE, queueSize: 2 });
let parts = 0;
upload.on("httpUploadProgress", () => parts++);
const done = await upload.done();
assert.equal(parts, 3);
assert.match(done.ETag, /-3"$/);
const large = await s3.send(new GetObjectCommand({ Bucket, Key: "large.bin" }));
assert.ok((await buffer(large.Body)).equals(content));

// A stream of known length goes up in one piece, signed chunk by chunk.
await s3.send(new PutObjectCommand({ Bucket, Key: "streamed", Body: Readable.from([Buffer.from("one,"), Buffer.from("two")]), ContentLength: 7 }));
const range = await s3.send(new GetObjectCommand({ Bucket, Key: "streamed", Range: "bytes=4-" }));
assert.equal(await range.Body.transformToString(), "two");

// Links for reading and for writing, used without the SDK.
const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "linked" }), { expiresIn: 60 });
const written = await fetch(put, { method: "PUT", body: "by a link" });
assert.equal(written.status, 200, await written.text());
const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "linked" }), { expiresIn: 60 });
assert.equal(await (await fetch(get)).text(), "by a link");
const other = await fetch(get.replace("linked", "streamed"));
assert.equal(other.status, 403);
assert.match(await other.text(), /<Code>SignatureDoesNotMatch<\/Code>/);

// A copy under a key that needs escaping; pages of a listing; what is deleted is gone.
await s3.send(new CopyObjectCommand({ Bucket, Key: "ä/b c+d.txt", CopySource: `${Bucket}/${encodeURIComponent("a note.txt")}` }));
const keys = [];
let pages = 0;
for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
  pages++;
  keys.push(...page.Contents.map((object) => object.Key));
}
assert.deepEqual(keys, ["a note.txt", "large.bin", "linked", "streamed", "ä/b c+d.txt"]);
assert.equal(pages, 3);
const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
assert.equal(Deleted.length, 5);
await waitUntilObjectNotExists({ client: s3, maxWaitTime: 30 }, { Bucket, Key: "linked" });

await refused(s3.send(new GetObjectCommand({ Bucket, Key: "linked" })), NoSuchKey, "NoSuchKey", 404, /^The specified key does not exist\.$/);
await refused(s3.send(new HeadObjectCommand({ Bucket, Key: "linked" })), NotFound, "NotFound", 404, /./);
await refused(s3.send(new GetObjectCommand({ Bucket: "nowhere-at-all", Key: "x" })), S3ServiceException, "NoSuchBucket", 404, /bucket does not exist/);
