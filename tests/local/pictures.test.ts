import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Media } from "@daybook/core/media/media";
import { noise } from "@daybook/core/media/test-pictures";
import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newUser, password, send, succeed, type TestUser, variable } from "../fixtures.ts";
import { askFor, bucketsOf, type ChosenFile, post, settled, uploadFile } from "../uploads.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
let buckets: ReturnType<typeof bucketsOf>;
let sqs: SQSClient;
let database: DynamoDBClient;
let file: ChosenFile;
beforeAll(async () => {
  cloud = await runCloud(impatient, { gsiDelayMs: 500 });
  buckets = bucketsOf(cloud.env);
  const key = (name: string) => variable(cloud.env, name);
  const credentials = { accessKeyId: key("AWS_ACCESS_KEY_ID"), secretAccessKey: key("AWS_SECRET_ACCESS_KEY") };
  sqs = new SQSClient({ region: "eu-west-1", endpoint: key("AWS_ENDPOINT_URL_SQS"), credentials });
  database = new DynamoDBClient({ region: "eu-west-1", endpoint: key("AWS_ENDPOINT_URL_DYNAMODB"), credentials });
  file = { content: Uint8Array.from(await noise(200, 100).png().toBuffer()), type: "image/png" };
});
afterAll(() => cloud.remove());

/** Removes the delays of the queues and shortens their retries. */
function impatient(graph: Graph): Graph {
  const queues = graph.resources["aws:sqs:Queue"];
  const { MakeVariantsFunction } = graph.functions;
  if (!MakeVariantsFunction) throw new Error("The graph has no MakeVariantsFunction");
  const seconds = 6;
  const changed = {
    CleanUpJobsQueue: { ...queues?.CleanUpJobsQueue, delaySeconds: 0 },
    UploadJobsQueue: { ...queues?.UploadJobsQueue, visibilityTimeoutSeconds: seconds },
  };
  return {
    ...graph,
    functions: { ...graph.functions, MakeVariantsFunction: { ...MakeVariantsFunction, timeout: seconds } },
    resources: { ...graph.resources, "aws:sqs:Queue": { ...queues, ...changed } },
  };
}

const urlOf = (queue: string) => String(cloud.graph.all("aws:sqs:Queue").find(({ name }) => name === queue)?.url);

/** Returns the number of messages in a queue. */
async function depth(queue: string): Promise<number> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: urlOf(queue),
    AttributeNames: ["ApproximateNumberOfMessages"],
  });
  return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages);
}

const tell = (MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urlOf("UploadJobsQueue"), MessageBody }));
const arrived = (...keys: string[]) =>
  JSON.stringify({ Records: keys.map((key) => ({ eventName: "ObjectCreated:Post", s3: { object: { key } } })) });

const untilGone = ({ id }: Pick<Media, "id">) =>
  expect.poll(() => buckets.variants(id), { timeout: 20_000, interval: 200 }).toEqual([]);

const newPicture = async (user: TestUser) => {
  const media = await uploadFile(cloud.env, user, file);
  expect(await buckets.variants(media.id)).toHaveLength(3);
  return media;
};

describe("the files of a picture", () => {
  // #region blog
  it("are deleted with the only post that uses the picture", async () => {
    const user = await newUser(cloud.env);
    const [own, shared] = [await newPicture(user), await newPicture(user)];
    const body = `![a](media:${own.id}) ![b](media:${shared.id})`;
    const create = async (of: object) => succeed(cloud.env, "createPost", { token: user.token, body: of });
    const { body: gone } = await create({ title: "One", body });
    await create({ title: "Another", coverId: shared.id });
    await succeed(cloud.env, "deletePost", { token: user.token, params: { postId: gone.id } });
    await untilGone(own);
    const { status } = await send(cloud.env, "getMedia", { token: user.token, params: { mediaId: own.id } });
    expect(status).toBe(404);
    expect(await buckets.variants(shared.id)).toHaveLength(3);
  });
  // #endregion blog

  it("are deleted when the upload is refused, including those of a failed attempt", async () => {
    const user = await newUser(cloud.env);
    const media = await askFor(cloud.env, user, "image/png", 4);
    await buckets.putVariant(`${media.id}/320.avif`);
    await post(media, { content: Uint8Array.from(Buffer.from("page")), type: "image/png" });
    expect(await settled(cloud.env, user, media)).toMatchObject({ state: "refused" });
    expect(await buckets.variants(media.id)).toEqual([]);
  });

  it("are deleted with the account", async () => {
    const user = await newUser(cloud.env);
    const media = await newPicture(user);
    await succeed(cloud.env, "deleteMe", { token: user.token, body: { password } });
    await untilGone(media);
  });

  it("are deleted by the schedule if unused, even if the index lags", async () => {
    const user = await newUser(cloud.env);
    const media = await newPicture(user);
    const { id: TableName = "" } =
      cloud.graph.all("aws:dynamodb:Table").find(({ name }) => name === "TableTable") ?? {};
    const { body: me } = await succeed(cloud.env, "getMe", { token: user.token });
    const today = `MEDIA#${new Date().toISOString().slice(0, 10)}`;
    await database.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: `USER#${me.id}` }, sk: { S: `MEDIA#${media.id}` } },
        UpdateExpression: "SET gsi2pk = :today",
        ExpressionAttributeValues: { ":today": { S: today } },
      }),
    );
    await expect
      .poll(
        async () => {
          await cloud.scheduler.run("RemoveOrphansScheduleSchedule");
          return buckets.variants(media.id);
        },
        { timeout: 20_000, interval: 500 },
      )
      .toEqual([]);
    expect(cloud.log()).toMatch(/RemoveOrphansFunction schedule .*removed=1/);
  });
});

describe("the queue of uploaded files", () => {
  it("may deliver a file twice, which changes nothing", async () => {
    const user = await newUser(cloud.env);
    const media = await askFor(cloud.env, user, file.type, file.content.byteLength);
    await post(media, file);
    const ready = await settled(cloud.env, user, media);
    const key = media.upload.fields.key ?? "";
    await tell(arrived(key, key));
    await expect.poll(() => cloud.log(), { timeout: 10_000 }).toContain("outcome=done-before done-before");
    expect(await settled(cloud.env, user, media)).toEqual(ready);
  });

  it("may deliver S3's test event", async () => {
    await tell(JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" }));
    await expect.poll(() => cloud.log(), { timeout: 10_000 }).toContain("event=test outcome=nothing");
  });

  it("sends invalid messages to the dead-letter queue and continues", async () => {
    await tell("nonsense");
    await newPicture(await newUser(cloud.env));
    await expect.poll(() => depth("UploadDlqQueue"), { timeout: 30_000, interval: 500 }).toBe(1);
    expect(await depth("UploadJobsQueue")).toBe(0);
  });
});
