import type { Comment } from "@daybook/core/comment/comment";
import type { Post } from "@daybook/core/post/post";
import { beforeEach, describe, expect, inject, it, vi } from "vitest";
import { type NamedUser, newAuthor, newComment, newReader, publishedPost, untilShown } from "../blog.ts";
import { type Call, expectProblem, send, succeed } from "../fixtures.ts";

const cloud = inject("cloud");
const merge = { "content-type": "application/merge-patch+json" };

let author: Awaited<ReturnType<typeof newAuthor>>;
let reader: NamedUser;
let post: Post;
beforeEach(async () => {
  [author, reader] = await Promise.all([newAuthor(cloud), newReader(cloud)]);
  post = await publishedPost(cloud, author);
});

const at = ({ postId, id }: Comment) => ({ postId, commentId: id });

describe("POST /v1/posts/{postId}/comments/{commentId}/decision by the post's author", () => {
  const decide = (comment: Comment, decision: string, { token }: { token: string } = author, headers = {}) =>
    send(cloud, "decideComment", {
      ...{ token, params: at(comment), body: { decision } },
      headers: { ...(decision === "approve" && { "if-match": `"${comment.version}"` }), ...headers },
    });
  const waiting = async () =>
    (await succeed(cloud, "listCommentsToReview", { token: author.token })).body.map(({ id }) => id);
  /** The index that lists these comments is eventually consistent. */
  const untilWaiting = (comment: Comment, expected: boolean) =>
    vi.waitFor(async () => expect((await waiting()).includes(comment.id)).toBe(expected), { timeout: 10_000 });

  it("publishes an approved comment under moderation, and returns it to review when it is edited", async () => {
    const [mine, writer] = [await publishedPost(cloud, author, { comments: "moderated" }), await newReader(cloud)];
    const comment = await newComment(cloud, writer, mine.id);
    expect(comment.state).toBe("pending");
    await untilWaiting(comment, true);
    const { body: list } = await succeed(cloud, "listCommentsToReview", { token: author.token });
    expect(list.find(({ id }) => id === comment.id)).toEqual({
      ...comment,
      post: { id: mine.id, title: mine.title, page: mine.page },
    });
    await untilShown(cloud, mine.id, []);
    const { body: approved } = await decide(comment, "approve");
    expect(approved).toMatchObject({ id: comment.id, state: "visible", version: 2 });
    await untilWaiting(comment, false);
    await untilShown(cloud, mine.id, [approved]);
    const edit = { token: writer.token, params: at(comment), body: { body: "Something else" }, headers: merge };
    expect((await succeed(cloud, "updateComment", edit)).body.state).toBe("pending");
    await untilShown(cloud, mine.id, []);
    await untilWaiting(comment, true);
  });

  it("is not needed for the author's own comments", async () => {
    const mine = await publishedPost(cloud, author, { comments: "moderated" });
    expect(await newComment(cloud, author, mine.id)).toMatchObject({ state: "visible" });
  });

  it("hides comments, and keeps a placeholder for a hidden comment with replies", async () => {
    const mine = await publishedPost(cloud, author);
    const writer = await newReader(cloud);
    const [alone, parent] = [await newComment(cloud, writer, mine.id), await newComment(cloud, writer, mine.id)];
    const reply = await newComment(cloud, author, mine.id, { body: "Well", parentId: parent.id });
    for (const comment of [alone, parent])
      expect((await decide(comment, "hide")).body).toMatchObject({ state: "hidden" });
    const place = { id: parent.id, state: "hidden", author: null, body: "" };
    await untilShown(cloud, mine.id, [expect.objectContaining(place), reply]);
  });

  it("is allowed for the post's author only, and returns 412 for another version", async () => {
    const comment = await newComment(cloud, await newReader(cloud), post.id);
    expectProblem(await decide(comment, "hide", reader), "comment-not-found");
    expectProblem(await decide(comment, "paint"), "validation-failed");
    expectProblem(await decide(comment, "hide", author, { "if-match": '"2"' }), "version-conflict");
    const missing = { token: author.token, params: { ...at(comment), commentId: `cmt_${"0".repeat(26)}` } };
    const answer = await send(cloud, "decideComment", { ...missing, body: { decision: "hide" } });
    expectProblem(answer, "comment-not-found");
    expect((await send(cloud, "decideComment", { params: at(comment), body: { decision: "hide" } })).status).toBe(401);
  });

  it("blocks a reader from commenting until the author unblocks them", async () => {
    const [troll, mine] = [await newReader(cloud, "Nemo"), await publishedPost(cloud, author)];
    const [kept, comment] = [await newComment(cloud, troll, mine.id), await newComment(cloud, troll, mine.id)];
    expect((await decide(comment, "block")).body).toMatchObject({ state: "hidden" });
    const write = { token: troll.token, params: { postId: post.id }, body: { body: "Again" } };
    expectProblem(await send(cloud, "createComment", write), "commenter-blocked");
    const edit = { token: troll.token, params: at(kept), body: { body: "Elsewhere then" }, headers: merge };
    expectProblem(await send(cloud, "updateComment", edit), "commenter-blocked");
    const readerId = String(comment.author?.id);
    const { body: blocked } = await succeed(cloud, "listBlockedReaders", { token: author.token });
    expect(blocked).toContainEqual({ id: readerId, name: "Nemo", blockedAt: expect.stringMatching(/Z$/) });
    // The block applies to one author only.
    const other = await newAuthor(cloud);
    await newComment(cloud, troll, (await publishedPost(cloud, other)).id);
    expect((await succeed(cloud, "listBlockedReaders", { token: other.token })).body).toEqual([]);
    for (let i = 0; i < 2; i += 1) await succeed(cloud, "unblockReader", { token: author.token, params: { readerId } });
    await succeed(cloud, "createComment", write);
  });

  it("refuses to block the author themselves", async () => {
    const comment = await newComment(cloud, author, post.id);
    const refused = expectProblem(await decide(comment, "block"), "validation-failed");
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(["/decision"]);
  });
});

describe("GET /v1/me/received-comments", () => {
  const received = async (query: Call["query"] = {}) =>
    (await succeed(cloud, "listReceivedComments", { token: author.token, query })).body.map(({ id }) => id);

  it("lists visible comments of readers on one's posts with the post, newest first, in pages", async () => {
    const other = await publishedPost(cloud, author);
    const first = await newComment(cloud, reader, post.id);
    const second = await newComment(cloud, reader, other.id);
    const own = await newComment(cloud, author, post.id);
    await vi.waitFor(async () => expect(await received()).toEqual([second.id, first.id]), { timeout: 10_000 });
    const page = { token: author.token, query: { limit: "1" } };
    const { body, headers } = await succeed(cloud, "listReceivedComments", page);
    expect(body).toEqual([{ ...second, post: { id: other.id, title: other.title, page: other.page } }]);
    const link = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? "";
    const cursor = new URL(link).searchParams.get("cursor") ?? "";
    expect(await received({ limit: "1", cursor })).toEqual([first.id]);
    expect(own.byPostAuthor).toBe(true);
    expect((await succeed(cloud, "listReceivedComments", { token: reader.token })).body).toEqual([]);
  });

  it("begins with the approval of a moderated comment, and ends when it is hidden or deleted", async () => {
    const mine = await publishedPost(cloud, author, { comments: "moderated" });
    const comment = await newComment(cloud, reader, mine.id);
    const open = await newComment(cloud, reader, post.id);
    await vi.waitFor(async () => expect(await received()).toEqual([open.id]), { timeout: 10_000 });
    const decide = (decision: "approve" | "hide") =>
      succeed(cloud, "decideComment", {
        ...{ token: author.token, params: at(comment), body: { decision } },
        headers: decision === "approve" ? { "if-match": `"${comment.version}"` } : {},
      });
    await decide("approve");
    await vi.waitFor(async () => expect(await received()).toEqual([open.id, comment.id]), { timeout: 10_000 });
    await decide("hide");
    await succeed(cloud, "deleteComment", { token: reader.token, params: at(open) });
    await vi.waitFor(async () => expect(await received()).toEqual([]), { timeout: 10_000 });
  });

  it("returns 401 without a token and 400 for a cursor of another collection", async () => {
    expect((await send(cloud, "listReceivedComments", {})).status).toBe(401);
    const wrong = { token: author.token, query: { cursor: "x" } };
    expectProblem(await send(cloud, "listReceivedComments", wrong), "validation-failed");
  });
});

describe("an edit of an approved comment", () => {
  type Policy = Post["comments"];
  const decide = (comment: Comment, decision: string, headers = {}) =>
    send(cloud, "decideComment", { token: author.token, params: at(comment), body: { decision }, headers });
  const approve = async (comment: Comment) => {
    const answer = await decide(comment, "approve", { "if-match": `"${comment.version}"` });
    expect(answer).toMatchObject({ status: 200, body: { state: "visible" } });
  };
  const edit = async (comment: Comment, { token }: { token: string } = reader, body = "Buy at shop.example") =>
    (await succeed(cloud, "updateComment", { token, params: at(comment), body: { body }, headers: merge })).body;
  const of = ({ id }: Post) => ({ token: author.token, params: { postId: id } });
  const publishWith = async (mine: Post, comments: Policy) => {
    await succeed(cloud, "updatePost", { ...of(mine), body: { comments }, headers: merge });
    await succeed(cloud, "publishPost", { ...of(mine), body: {} });
  };
  /** Publishes a post with this policy and adds a visible comment. */
  const shown = async (comments: Policy, writer: { token: string } = reader) => {
    const mine = await publishedPost(cloud, author, { comments });
    const comment = await newComment(cloud, writer, mine.id);
    if (comment.state === "pending") await approve(comment);
    return { mine, comment };
  };

  it.each<[before: Policy, after: Policy]>([
    ["moderated", "closed"],
    ["open", "closed"],
    ["open", "moderated"],
  ])("returns to review when the policy has changed from %s to %s", async (before, after) => {
    const { mine, comment } = await shown(before);
    await publishWith(mine, after);
    expect((await edit(comment)).state).toBe("pending");
    await untilShown(cloud, mine.id, []);
  });

  it("returns to review while the post is unpublished, and stays there when the post is published again", async () => {
    const { mine, comment } = await shown("moderated");
    await succeed(cloud, "unpublishPost", of(mine));
    expect((await edit(comment)).state).toBe("pending");
    await succeed(cloud, "publishPost", { ...of(mine), body: {} });
    await untilShown(cloud, mine.id, []);
    const { body: waiting } = await succeed(cloud, "listCommentsToReview", { token: author.token });
    expect(waiting.filter(({ postId }) => postId === mine.id)).toMatchObject([{ body: "Buy at shop.example" }]);
  });

  it("stays visible when the post's author edits their own comment, under any policy", async () => {
    const { mine, comment } = await shown("open", author);
    await publishWith(mine, "closed");
    expect((await edit(comment, author)).state).toBe("visible");
    await succeed(cloud, "unpublishPost", of(mine));
    expect((await edit(comment, author, "Once more")).state).toBe("visible");
  });

  it("keeps a hidden comment hidden and a pending comment pending", async () => {
    const { comment } = await shown("open");
    await decide(comment, "hide");
    expect((await edit(comment)).state).toBe("hidden");
    const moderated = await publishedPost(cloud, author, { comments: "moderated" });
    const waiting = await newComment(cloud, reader, moderated.id);
    await publishWith(moderated, "open");
    expect((await edit(waiting)).state).toBe("pending");
  });

  it("is refused from a blocked reader, even while the post is unpublished", async () => {
    const { mine, comment } = await shown("moderated");
    const other = await newComment(cloud, reader, mine.id);
    expect((await decide(other, "block")).status).toBe(200);
    const change = { token: reader.token, params: at(comment), body: { body: "Again" }, headers: merge };
    expectProblem(await send(cloud, "updateComment", change), "commenter-blocked");
    await succeed(cloud, "unpublishPost", of(mine));
    expectProblem(await send(cloud, "updateComment", change), "commenter-blocked");
  });

  it("is not covered by an approval of an older version, and an approval without a version returns 428", async () => {
    const mine = await publishedPost(cloud, author, { comments: "moderated" });
    const comment = await newComment(cloud, reader, mine.id);
    expectProblem(await decide(comment, "approve"), "version-required");
    const edited = await edit(comment);
    expectProblem(await decide(comment, "approve", { "if-match": `"${comment.version}"` }), "version-conflict");
    await untilShown(cloud, mine.id, []);
    await approve(edited);
  });
});
