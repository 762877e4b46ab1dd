import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newAuthor, newComment, newReader, publishedPost } from "../blog.ts";
import { mailTo, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

/** Shortens the time until a failed message is delivered again. */
function impatient(graph: Graph): Graph {
  const { "aws:sqs:Queue": queues } = graph.resources;
  const { MailCommentsFunction: fn } = graph.functions;
  return {
    ...graph,
    functions: { ...graph.functions, ...(fn && { MailCommentsFunction: { ...fn, timeout: 4 } }) },
    resources: {
      ...graph.resources,
      "aws:sqs:Queue": {
        ...queues,
        CommentMailJobsQueue: { ...queues?.CommentMailJobsQueue, visibilityTimeoutSeconds: 4 },
      },
    },
  };
}

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud(impatient);
});
afterEach(() => cloud.ses.faults.clear());
afterAll(() => cloud.remove());

// An event waits for ten seconds until the index has the comment.
const waiting = { timeout: 40_000, interval: 200 };

const commentMails = async (email: string) =>
  (await mailTo(cloud.env, email)).filter(({ subject }) => /comment/.test(subject));

/** Waits until an event of a comment has had an outcome. */
const untilLogged = (outcome: string, from: number) =>
  vi.waitFor(
    () => expect(cloud.log().slice(from)).toMatch(new RegExp(`event=comment.added outcome=${outcome}`)),
    waiting,
  );

/** Delivers messages to the function. @returns the positions of those that failed */
async function deliver(...bodies: readonly string[]): Promise<string[]> {
  const Records = bodies.map((body, index) => ({ messageId: String(index), body, attributes: {} }));
  const answer = await cloud.lambda.invoke("MailCommentsFunction", { Records });
  const { batchItemFailures } = Object(Object(answer).result);
  return batchItemFailures.map(({ itemIdentifier }: { itemIdentifier: string }) => itemIdentifier);
}

describe("a reader's comment", () => {
  it("is mailed to the author once, despite a failure of SES, redelivery and invalid messages", async () => {
    const [author, reader] = [await newAuthor(cloud.env), await newReader(cloud.env, "Ruth")];
    const post = await publishedPost(cloud.env, author, { title: "Of rivers" });
    cloud.ses.faults.next({ operation: "SendEmail", error: { status: 429, code: "TooManyRequestsException" } });
    const comment = await newComment(cloud.env, reader, post.id, { body: "They run." });
    await newComment(cloud.env, author, post.id, { body: "Indeed." });
    await vi.waitFor(async () => expect(await commentMails(author.email)).toHaveLength(1), waiting);
    const [mail] = await commentMails(author.email);
    expect(mail?.subject).toBe("Ruth commented on “Of rivers”");
    expect(mail?.body.text).toContain(`${post.page}#comment-${comment.id}`);
    const unsubscribe = { name: "List-Unsubscribe", value: `<${cloud.url}/account#notifications>` };
    expect(mail?.headers).toContainEqual(unsubscribe);

    const { id: authorId } = (await succeed(cloud.env, "getMe", { token: author.token })).body;
    const event = JSON.stringify({ type: "comment.added", authorId, commentId: comment.id });
    expect(await deliver(event, "{", event, '{"type":"comment.added"}')).toEqual(["1", "3"]);
    expect(await commentMails(author.email)).toHaveLength(1);
  });

  it("waits if the author got a mail in the last 15 minutes", async () => {
    const [author, reader] = [await newAuthor(cloud.env), await newReader(cloud.env)];
    const post = await publishedPost(cloud.env, author, { comments: "moderated" });
    await newComment(cloud.env, reader, post.id);
    await vi.waitFor(async () => expect(await commentMails(author.email)).toHaveLength(1), waiting);
    const from = cloud.log().length;
    await newComment(cloud.env, reader, post.id);
    await untilLogged("postponed", from);
    expect(await commentMails(author.email)).toHaveLength(1);
  });

  it("is not mailed to an author who has turned that off", async () => {
    const [author, reader] = [await newAuthor(cloud.env), await newReader(cloud.env)];
    await succeed(cloud.env, "updateMe", { token: author.token, body: { commentEmails: false } });
    const post = await publishedPost(cloud.env, author);
    const from = cloud.log().length;
    await newComment(cloud.env, reader, post.id);
    await untilLogged("turned-off", from);
    expect(await commentMails(author.email)).toEqual([]);
  });
});
