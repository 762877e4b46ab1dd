import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Post } from "@daybook/core/post/post";
import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newAuthor, newComment, newReader, publishedPost } from "../blog.ts";
import { password, succeed, variable } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

/** Stands in for the site and records its requests. */
const asked: { readonly line: string; readonly secret: string | string[] | undefined; readonly body: string }[] = [];
const site = http.createServer(async (request, response) => {
  const { method, url, headers } = request;
  asked.push({ line: `${method} ${url}`, secret: headers["x-daybook-revalidation-secret"], body: await text(request) });
  response.writeHead(204).end();
});

/** Shortens the delays and retries of the queues. */
function impatient(graph: Graph): Graph {
  const queues = graph.resources["aws:sqs:Queue"];
  const shorter = { Revalidations: "Revalidate", CommentCountJobs: "CountComments", CommentMailJobs: "MailComments" };
  const functions = Object.values(shorter).map((name) => `${name}Function`);
  return {
    ...graph,
    functions: Object.fromEntries(
      Object.entries(graph.functions).map(([name, fn]) => [
        name,
        functions.includes(name) ? { ...fn, timeout: 4 } : fn,
      ]),
    ),
    resources: {
      ...graph.resources,
      "aws:sqs:Queue": {
        ...queues,
        CleanUpJobsQueue: { ...queues?.CleanUpJobsQueue, delaySeconds: 0 },
        ...Object.fromEntries(
          Object.keys(shorter).map((name) => [
            `${name}Queue`,
            { ...queues?.[`${name}Queue`], visibilityTimeoutSeconds: 4 },
          ]),
        ),
      },
    },
  };
}

let cloud: RunningCloud;
let author: Awaited<ReturnType<typeof newAuthor>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  // `address()` returns an `AddressInfo` for a TCP server.
  const siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  cloud = await runCloud(impatient, {}, { siteUrl, invalidationMs: 0 });
  author = await newAuthor(cloud.env);
});
afterEach(() => cloud.dynamo.faults.clear());
afterAll(async () => {
  await cloud.remove();
  site.close();
});

const waiting = { timeout: 30_000, interval: 100 };
const queueUrl = (name: string) => cloud.graph.all("aws:sqs:Queue").find((queue) => queue.name === `${name}Queue`)?.id;
const topicArn = () => String(cloud.graph.all("aws:sns:Topic").find(({ name }) => name === "EventsTopic")?.arn);
const sqs = () =>
  new SQSClient({
    endpoint: variable(cloud.env, "AWS_ENDPOINT_URL_SQS"),
    region: variable(cloud.env, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(cloud.env, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud.env, "AWS_SECRET_ACCESS_KEY"),
    },
  });
const published = async ({ id }: Post) => (await succeed(cloud.env, "getPost", { params: { postId: id } })).body;
const counted = (post: Post, expected: number) =>
  vi.waitFor(async () => expect((await published(post)).commentCount).toBe(expected), waiting);

describe("a published post", () => {
  it("is revalidated at the site with the shared secret, and costs no invalidation of the edge", async () => {
    asked.length = 0;
    const post = await publishedPost(cloud.env, author, { tags: ["gardens"] });
    const page = new URL(String(post.page)).pathname;
    const requested = [`GET ${page}?fresh`, "GET /blog?fresh", "GET /tags/gardens?fresh"];
    await vi.waitFor(
      () =>
        expect(asked.map(({ line }) => line.replace(/\?fresh=.*/, "?fresh"))).toEqual(
          expect.arrayContaining(requested),
        ),
      waiting,
    );
    expect(cloud.log()).not.toMatch(new RegExp(`invalidated .*${page}[ :]`));
    const told = asked.filter(({ line }) => line === "POST /revalidate");
    const tags = told.flatMap(({ body }) => JSON.parse(body).tags);
    expect(tags).toEqual(
      expect.arrayContaining(["posts", `post:${post.id}`, "tag:gardens", `author:${author.handle}`]),
    );
    const secret = cloud.graph.all("random:index:RandomPassword").find(({ name }) => name === "RevalidationPassword");
    expect(new Set(told.map((each) => each.secret))).toEqual(new Set([secret?.result]));
  });

  it("is in the archive of its month", async () => {
    const post = await publishedPost(cloud.env, author);
    const month = String(post.publishedAt).slice(0, 7);
    await vi.waitFor(async () => {
      const { body } = await succeed(cloud.env, "listMonths");
      expect(body.map((each) => each.month)).toContain(month);
    }, waiting);
  });
});

describe("the comments of a post", () => {
  it("are counted without a new version of the post", async () => {
    const post = await publishedPost(cloud.env, author);
    const { version } = await published(post);
    const reader = await newReader(cloud.env);
    const comment = await newComment(cloud.env, reader, post.id);
    await newComment(cloud.env, author, post.id);
    await counted(post, 2);
    const params = { postId: post.id, commentId: comment.id };
    await succeed(cloud.env, "deleteComment", { token: reader.token, params });
    await counted(post, 1);
    expect((await published(post)).version).toBe(version);
  });

  it("are counted correctly after redelivered, concurrent and invalid messages", async () => {
    const post = await publishedPost(cloud.env, author);
    for (const user of [await newReader(cloud.env), await newReader(cloud.env)])
      await newComment(cloud.env, user, post.id);
    await counted(post, 2);
    const body = JSON.stringify({ type: "comment.changed", postId: post.id });
    const record = (messageId: string, text: string) => ({ messageId, body: text, attributes: {} });
    const Records = [record("1", body), record("2", "{"), record("3", '{"type":"list.emptied"}'), record("4", body)];
    const results = await Promise.all([1, 2, 3].map(() => cloud.lambda.invoke("CountCommentsFunction", { Records })));
    const failed = ["2", "3"].map((itemIdentifier) => ({ itemIdentifier }));
    expect(results).toEqual(results.map(() => ({ ok: true, result: { batchItemFailures: failed } })));
    expect((await published(post)).commentCount).toBe(2);
  });

  it("are counted by a retry when the table fails temporarily", async () => {
    const post = await publishedPost(cloud.env, author);
    cloud.dynamo.faults.next({
      operation: "UpdateItem",
      caller: "CountCommentsFunction",
      times: 4,
      error: { status: 500, code: "InternalServerError" },
    });
    await newComment(cloud.env, await newReader(cloud.env), post.id);
    await counted(post, 1);
  });
});

describe("an invalid message", () => {
  it.each([
    ["Revalidations", "RevalidationDlq"],
    ["CommentCountJobs", "CommentCountDlq"],
    ["CommentMailJobs", "CommentMailDlq"],
  ])("of %s goes alone to the dead-letter queue after three attempts", async (queue, dlq) => {
    const poison = JSON.stringify({ type: "page.changed", postId: "nonsense" });
    await sqs().send(new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody: poison }));
    const post = await publishedPost(cloud.env, author);
    await newComment(cloud.env, await newReader(cloud.env), post.id);
    await counted(post, 1);
    await vi.waitFor(async () => {
      const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl: queueUrl(dlq) }));
      expect(Messages.map(({ Body }) => Body)).toContain(poison);
    }, waiting);
  });
});

describe("an event of another type", () => {
  it("is delivered only to its subscribers", async () => {
    const listId = "lst_01KAJ00000000000000000000A";
    const message = JSON.stringify({ type: "list.emptied", listId, epoch: 7 });
    const from = cloud.log().length;
    await cloud.sns.publish(topicArn(), message, { type: { DataType: "String", StringValue: "list.emptied" } });
    await vi.waitFor(() => expect(cloud.log().slice(from)).toMatch(/"?list\.emptied/), waiting);
    const told = [
      ...cloud
        .log()
        .slice(from)
        .matchAll(/sns +EventsSubscriber(\w+)Subscription: message delivered/g),
    ];
    expect(told.map(([, name]) => name)).toEqual(["CleanUpJobs"]);
  });
});

describe("dependent data", () => {
  const stored = async (mention: string) => {
    const { Items = [] } = await cloud.dynamo.engine.call<{ Items?: object[] }>("Scan", {
      TableName: cloud.graph.all("aws:dynamodb:Table").find(({ name }) => name === "TableTable")?.id,
      ConsistentRead: true,
    });
    return Items.filter((item) => JSON.stringify(item).includes(mention));
  };

  it("of a deleted post (its comments) is deleted", async () => {
    const post = await publishedPost(cloud.env, author);
    await newComment(cloud.env, await newReader(cloud.env), post.id);
    await succeed(cloud.env, "deletePost", { token: author.token, params: { postId: post.id } });
    await vi.waitFor(async () => expect(await stored(`POST#${post.id}`)).toEqual([]), waiting);
  });

  it("of a deleted account (comments and posts) is deleted", async () => {
    const [writer, post] = [await newAuthor(cloud.env, "Nora"), await publishedPost(cloud.env, author)];
    const own = await publishedPost(cloud.env, writer);
    const comment = await newComment(cloud.env, writer, post.id, { body: "A secret of Nora's" });
    await newComment(cloud.env, author, post.id, { body: "Indeed", parentId: comment.id });
    await counted(post, 2);
    await succeed(cloud.env, "deleteMe", { token: writer.token, body: { password } });
    await vi.waitFor(async () => expect(await stored("A secret of Nora's")).toEqual([]), waiting);
    await vi.waitFor(async () => expect(await stored(own.id)).toEqual([]), waiting);
    await counted(post, 1);
  });

  it("of a renamed author is renamed", async () => {
    const writer = await newAuthor(cloud.env, "Nora");
    const post = await publishedPost(cloud.env, writer);
    await newComment(cloud.env, writer, post.id);
    await succeed(cloud.env, "updateMe", { token: writer.token, body: { name: "Nora Lind" } });
    await vi.waitFor(async () => expect((await published(post)).author.name).toBe("Nora Lind"), waiting);
    await vi.waitFor(async () => {
      const { body } = await succeed(cloud.env, "listComments", { params: { postId: post.id } });
      expect(body.map((comment) => comment.author?.name)).toEqual(["Nora Lind"]);
    }, waiting);
  });
});
