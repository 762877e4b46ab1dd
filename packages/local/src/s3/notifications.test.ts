import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { account, region } from "../test-cloud.ts";
import { startBuckets } from "./test-buckets.ts";

const queue = `arn:aws:sqs:${region}:${account}:uploads`;
const topic = `arn:aws:sns:${region}:${account}:removals`;
const fn = `arn:aws:lambda:${region}:${account}:function:resize`;
const missing = `arn:aws:sqs:${region}:${account}:missing`;
const notification = {
  name: "MediaNotification",
  id: "media",
  bucket: "media",
  lambdaFunctions: [
    { id: "Resize", lambdaFunctionArn: fn, events: ["s3:ObjectCreated:*"], filterPrefix: "in/", filterSuffix: ".jpg" },
  ],
  queues: [
    { queueArn: queue, events: ["s3:ObjectCreated:Put", "s3:ObjectCreated:Post"] },
    { queueArn: missing, events: ["s3:ObjectCreated:Copy"] },
  ],
  topics: [{ topicArn: topic, events: ["s3:ObjectRemoved:*"] }],
};

/** The fields of S3's message that the tests check. */
interface Message {
  readonly Records: readonly [
    {
      readonly eventName: string;
      readonly s3: { readonly configurationId: string; readonly object: Record<string, unknown> };
    },
  ];
}

let cloud: Awaited<ReturnType<typeof startBuckets>>;
let delivered: { target: string; message: Message }[] = [];
const keysFor = (target: string) =>
  delivered.filter((each) => each.target === target).map(({ message }) => message.Records[0].s3.object.key);
const eventsFor = (target: string) =>
  delivered.filter((each) => each.target === target).map(({ message }) => message.Records[0].eventName);

beforeAll(async () => {
  cloud = await startBuckets({ "aws:s3:BucketNotification": [notification] }, [], async (target, body) => {
    if (target === missing) throw new Error("no such queue");
    delivered.push({ target, message: JSON.parse(body) });
  });
});
beforeEach(() => {
  delivered = [];
});
afterAll(() => cloud.remove());

const put = (Key: string, Body = "hello") => cloud.client().send(new PutObjectCommand({ Bucket: "media", Key, Body }));

describe("a bucket's notifications", () => {
  it("deliver AWS's message for an upload before the upload is answered", async () => {
    const { ETag = "" } = await put("in/käse & brot (1).jpg");
    expect(delivered.map(({ target }) => target)).toEqual([fn, queue]);
    expect(delivered[0]?.message).toMatchObject({
      Records: [
        {
          eventVersion: "2.1",
          eventSource: "aws:s3",
          awsRegion: region,
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          eventName: "ObjectCreated:Put",
          s3: {
            s3SchemaVersion: "1.0",
            configurationId: "Resize",
            bucket: { name: "media", arn: "arn:aws:s3:::media" },
            object: { key: "in/k%C3%A4se+%26+brot+%281%29.jpg", size: 5, eTag: ETag.replaceAll('"', "") },
          },
        },
      ],
    });
  });

  it("are delivered only for matching events, prefixes and suffixes", async () => {
    await put("in/a.png");
    await put("out/a.jpg");
    await put("in/a.jpg");
    expect([keysFor(fn), keysFor(queue)]).toEqual([["in/a.jpg"], ["in/a.png", "out/a.jpg", "in/a.jpg"]]);
  });

  it("name the kind of creation", async () => {
    const client = cloud.client();
    const { url, fields } = await createPresignedPost(client, { Bucket: "media", Key: "in/form.jpg" });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", new Blob(["hello"]));
    await fetch(url, { method: "POST", body: form });
    await client.send(new CopyObjectCommand({ Bucket: "media", Key: "in/c.jpg", CopySource: "media/in/form.jpg" }));
    const target = { Bucket: "media", Key: "in/parts.jpg" };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: "part" }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
    expect(eventsFor(fn)).toEqual([
      "ObjectCreated:Post",
      "ObjectCreated:Copy",
      "ObjectCreated:CompleteMultipartUpload",
    ]);
    expect(cloud.log.lines).toContainEqual(expect.stringContaining(`did not reach ${missing}: Error: no such queue`));
  });

  it("report a removal once, without size and ETag, with a greater sequencer each", async () => {
    await put("in/1.jpg");
    await put("in/2.jpg");
    const client = cloud.client();
    await client.send(new DeleteObjectCommand({ Bucket: "media", Key: "in/1.jpg" }));
    const Objects = [{ Key: "in/1.jpg" }, { Key: "in/2.jpg" }];
    await client.send(new DeleteObjectsCommand({ Bucket: "media", Delete: { Objects } }));
    expect(keysFor(topic)).toEqual(["in/1.jpg", "in/2.jpg"]);
    const objects = delivered.map(({ message }) => message.Records[0].s3.object);
    expect(objects.at(-1)).toEqual({ key: "in/2.jpg", sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) });
    const sequencers = objects.map(({ sequencer }) => String(sequencer));
    expect([...new Set(sequencers)].sort()).toEqual([...new Set(sequencers)]);
  });
});
