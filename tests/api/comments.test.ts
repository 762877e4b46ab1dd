import { randomUUID } from "node:crypto";
import type { Comment } from "@daybook/core/comment/comment";
import type { Post } from "@daybook/core/post/post";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { type NamedUser, newAuthor, newComment, newReader, publishedPost, untilShown } from "../blog.ts";
import { type Answer, expectProblem, newUser, send, succeed, variable } from "../fixtures.ts";

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

describe("POST /v1/posts/{postId}/comments", () => {
  it("adds a comment with its author's name, which readers see at once", async () => {
    const mine = await publishedPost(cloud, author);
    const answer = await succeed(cloud, "createComment", {
      token: reader.token,
      params: { postId: mine.id },
      body: { body: "  This helped, *thank you*.  " },
    });
    const comment = answer.body;
    expect(comment).toMatchObject({
      url: `${variable(cloud, "DAYBOOK_URL")}/v1/posts/${mine.id}/comments/${comment.id}`,
      postId: mine.id,
      parentId: null,
      state: "visible",
      author: { name: "Rosa", avatar: null },
      byPostAuthor: false,
      body: "This helped, *thank you*.",
      editedAt: null,
      version: 1,
    });
    expect(comment.author).not.toHaveProperty("handle");
    expect(answer.headers.get("location")).toBe(comment.url);
    await untilShown(cloud, mine.id, [comment]);
  });

  it("includes the commenter's author page, and marks comments by the post's author", async () => {
    const comment = await newComment(cloud, author, post.id);
    const page = `${variable(cloud, "DAYBOOK_URL")}/@${author.handle}`;
    expect(comment).toMatchObject({ byPostAuthor: true, author: { name: "Maya", handle: author.handle, page } });
  });

  it("accepts replies to comments only, not to replies or to comments that do not exist", async () => {
    const [mine, other] = await Promise.all([publishedPost(cloud, author), publishedPost(cloud, author)]);
    const comment = await newComment(cloud, reader, mine.id);
    const reply = await newComment(cloud, author, mine.id, { body: "With pleasure.", parentId: comment.id });
    expect(reply.parentId).toBe(comment.id);
    const tryReply = (postId: string, parentId: string) =>
      send(cloud, "createComment", { token: author.token, params: { postId }, body: { body: "Again", parentId } });
    const refused = expectProblem(await tryReply(mine.id, reply.id), "validation-failed");
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(["/parentId"]);
    expectProblem(await tryReply(other.id, comment.id), "comment-not-found");
    await succeed(cloud, "deleteComment", { token: author.token, params: at(comment) });
    expectProblem(await tryReply(mine.id, comment.id), "comment-not-found");
  });

  it("adds one comment for requests with the same idempotency key", async () => {
    const mine = await publishedPost(cloud, author);
    const call = {
      token: reader.token,
      params: { postId: mine.id },
      body: { body: "Once" },
      headers: { "idempotency-key": randomUUID() },
    };
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => send(cloud, "createComment", call)));
    const again = await succeed(cloud, "createComment", call);
    expect(
      [first, ...others].map((answer) => answer?.status).filter((status) => status !== 201 && status !== 409),
    ).toEqual([]);
    await untilShown(cloud, mine.id, [again.body]);
  });

  it.each([
    ["an empty one", { body: " " }, "/body"],
    ["one that is too long", { body: "x".repeat(2_001) }, "/body"],
    ["one without a text", {}, "/body"],
    ["one with an unknown member", { body: "x", state: "visible" }, "/state"],
    ["a parent of another kind", { body: "x", parentId: "pst_01KA6V6A1B2C3D4E5F6G7H8J9K" }, "/parentId"],
  ])("refuses %s", async (_what, body, pointer) => {
    const answer = await send(cloud, "createComment", { token: reader.token, params: { postId: post.id }, body });
    expect(expectProblem(answer, "validation-failed").errors?.map((each) => each.pointer)).toEqual([pointer]);
  });

  it("requires a token and a name", async () => {
    const [nobody, call] = [await newUser(cloud), { params: { postId: post.id }, body: { body: "Who?" } }];
    expectProblem(await send(cloud, "createComment", { ...call, token: nobody.token }), "name-required");
    expect((await send(cloud, "createComment", call)).status).toBe(401);
  });

  it("refuses comments on unpublished posts, and where comments are closed", async () => {
    const closed = await publishedPost(cloud, author, { comments: "closed" });
    const { body: draft } = await succeed(cloud, "createPost", { token: author.token, body: { title: "Draft" } });
    const tryAt = (postId: string) =>
      send(cloud, "createComment", { token: reader.token, params: { postId }, body: { body: "x" } });
    expectProblem(await tryAt(closed.id), "comments-closed");
    expectProblem(await tryAt(draft.id), "post-not-found");
    expectProblem(await tryAt("pst_01KA6V6A1B2C3D4E5F6G7H8J9K"), "post-not-found");
  });

  it("returns 400 for a text that shows nothing", async () => {
    const user = await newReader(cloud);
    const call = { token: user.token, params: { postId: post.id }, body: { body: "\u200b\n\u2800" } };
    expectProblem(await send(cloud, "createComment", call), "validation-failed");
  });

  it("allows five comments per minute and user", async () => {
    const eager = await newReader(cloud);
    const call = (user: NamedUser) =>
      send(cloud, "createComment", { token: user.token, params: { postId: post.id }, body: { body: "More" } });
    const answers: Answer[] = [];
    for (let i = 0; i < 11; i += 1) answers.push(await call(eager));
    // A new minute may start during the loop.
    const [taken, refused] = [201, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
    expect([taken === 5 || taken === 10, (taken ?? 0) + (refused ?? 0)]).toEqual([true, 11]);
    const last = answers.at(-1) ?? (await call(eager));
    expectProblem(last, "too-many-requests");
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(last.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect((await call(await newReader(cloud))).status).toBe(201);
  });
});

describe("GET /v1/posts/{postId}/comments", () => {
  it("returns comments to everyone, oldest first, with pagination", async () => {
    const mine = await publishedPost(cloud, author);
    const all = [];
    for (const body of ["a", "b", "c"]) all.push(await newComment(cloud, author, mine.id, { body }));
    const first = await succeed(cloud, "listComments", { params: { postId: mine.id }, query: { limit: "2" } });
    expect(first.body).toEqual(all.slice(0, 2));
    expect(first.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=1");
    const [, next = ""] = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "") ?? [];
    expect(await (await fetch(next)).json()).toEqual(all.slice(2));
  });

  it("returns 404 for an unpublished post, and 400 for the cursor of another post", async () => {
    const { body: draft } = await succeed(cloud, "createPost", { token: author.token, body: { title: "Draft" } });
    expectProblem(await send(cloud, "listComments", { params: { postId: draft.id } }), "post-not-found");
    const [mine, other] = await Promise.all([publishedPost(cloud, author), publishedPost(cloud, author)]);
    for (const body of ["a", "b"]) await newComment(cloud, reader, mine.id, { body });
    const { headers } = await succeed(cloud, "listComments", { params: { postId: mine.id }, query: { limit: "1" } });
    const [, cursor = ""] = /[?&]cursor=([^&>]+)/.exec(headers.get("link") ?? "") ?? [];
    expect(cursor).not.toBe("");
    const foreign = await send(cloud, "listComments", { params: { postId: other.id }, query: { cursor } });
    expectProblem(foreign, "validation-failed");
  });
});

describe("PATCH /v1/posts/{postId}/comments/{commentId}", () => {
  const patch = (comment: Comment, { token }: NamedUser, body: unknown, headers = {}) =>
    send(cloud, "updateComment", { token, params: at(comment), body, headers: { ...merge, ...headers } });

  it("edits the caller's own comment, marks it as edited, and ignores an empty patch", async () => {
    const comment = await newComment(cloud, await newReader(cloud), post.id);
    const writer = await newReader(cloud);
    const mine = await newComment(cloud, writer, post.id);
    const { body: changed } = await patch(mine, writer, { body: "On second thoughts" });
    expect(changed).toMatchObject({ body: "On second thoughts", state: "visible", version: 2 });
    expect(changed).toHaveProperty("editedAt", expect.stringMatching(/Z$/));
    expect((await patch(mine, writer, {})).body).toEqual(changed);
    expectProblem(await patch(comment, writer, { body: "Mine now" }), "comment-not-found");
    expectProblem(await patch(mine, author, { body: "I am the author" }), "comment-not-found");
  });

  it("returns 412 when If-Match names an older version", async () => {
    const writer = await newReader(cloud);
    const comment = await newComment(cloud, writer, post.id);
    expect((await patch(comment, writer, { body: "Two" }, { "if-match": '"1"' })).status).toBe(200);
    expectProblem(await patch(comment, writer, { body: "Three" }, { "if-match": '"1"' }), "version-conflict");
    expectProblem(await patch(comment, writer, {}, { "if-match": '"1"' }), "version-conflict");
  });

  it("returns 400 for an empty text and for unknown members", async () => {
    const writer = await newReader(cloud);
    const comment = await newComment(cloud, writer, post.id);
    for (const body of [{ body: "" }, { state: "visible" }, { body: null }])
      expectProblem(await patch(comment, writer, body), "validation-failed");
    expect((await send(cloud, "updateComment", { params: at(comment), body: {}, headers: merge })).status).toBe(401);
  });
});

describe("DELETE /v1/posts/{postId}/comments/{commentId}", () => {
  const remove = (comment: Comment, { token }: { token: string }, headers = {}) =>
    send(cloud, "deleteComment", { token, params: at(comment), headers });

  it("deletes the caller's own comments and those on the caller's posts, and no others", async () => {
    const mine = await publishedPost(cloud, author);
    const [first, second] = [await newComment(cloud, reader, mine.id), await newComment(cloud, author, mine.id)];
    expectProblem(await remove(second, reader), "comment-not-found");
    expect((await remove(first, author)).status).toBe(204);
    expect((await remove(second, author)).status).toBe(204);
    expectProblem(await remove(second, author), "comment-not-found");
    await untilShown(cloud, mine.id, []);
  });

  it("keeps a placeholder for a deleted comment until its last reply is deleted", async () => {
    const [mine, writer] = await Promise.all([publishedPost(cloud, author), newReader(cloud)]);
    const comment = await newComment(cloud, writer, mine.id, { body: "A secret" });
    const reply = await newComment(cloud, author, mine.id, { body: "Indeed", parentId: comment.id });
    expect((await remove(comment, writer)).status).toBe(204);
    const tombstone = { id: comment.id, state: "deleted", author: null, body: "" };
    await untilShown(cloud, mine.id, [expect.objectContaining(tombstone), reply]);
    expectProblem(await remove(comment, writer), "comment-not-found");
    expect((await remove(reply, author)).status).toBe(204);
    await untilShown(cloud, mine.id, []);
  });

  it("returns 412 when If-Match names another version", async () => {
    const comment = await newComment(cloud, author, post.id);
    expectProblem(await remove(comment, author, { "if-match": '"2"' }), "version-conflict");
    expect((await remove(comment, author, { "if-match": '"1"' })).status).toBe(204);
    expect((await send(cloud, "deleteComment", { params: at(comment) })).status).toBe(401);
  });
});
