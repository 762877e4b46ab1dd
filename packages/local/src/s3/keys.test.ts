import { DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf } from "../test-cloud.ts";
import { startBuckets } from "./test-buckets.ts";

const guest = callerOf("guest", [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::media*" }]);
let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  const buckets = ["media", "private"].map((id) => ({ name: id, id, arn: `arn:aws:s3:::${id}` }));
  cloud = await startBuckets({ "aws:s3:Bucket": buckets }, [guest]);
  await cloud.client().send(new PutObjectCommand({ Bucket: "private", Key: "a", Body: "secret" }));
});
afterAll(() => cloud.remove());

describe("a key with the part ..", () => {
  it("does not lead to another bucket", async () => {
    for (const Key of ["../private/a", "x/../../private/a", "..\\private/a"]) {
      const object = { Bucket: "media", Key };
      await expect(cloud.client(guest).send(new GetObjectCommand(object))).rejects.toMatchObject({ name: "NoSuchKey" });
      await cloud
        .client(guest)
        .send(new DeleteObjectCommand(object))
        .catch(() => {});
    }
    const Objects = ["../private/a", "../../private/objects/a"].map((Key) => ({ Key }));
    await cloud.client(guest).send(new DeleteObjectsCommand({ Bucket: "media", Delete: { Objects } }));
    const { body } = await cloud.s3.readObject("private", "a");
    expect(body.toString()).toBe("secret");
  });
});
