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
  it("adds a comment in its writer's name, which readers see at once", async () => {
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

  it("says by whom it is: an author's comes with their page, and that of the post's author says so", async () => {
    const comment = await newComment(cloud, author, post.id);
    const page = `${variable(cloud, "DAYBOOK_URL")}/@${author.handle}`;
    expect(comment).toMatchObject({ byPostAuthor: true, author: { name: "Maya", handle: author.handle, page } });
  });

  it("takes replies to a comment, and none to a reply, or to what is not there", async () => {
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

  it("adds one comment when the request is repeated under its key", async () => {
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

  it("wants to know who says it", async () => {
    const [nobody, call] = [await newUser(cloud), { params: { postId: post.id }, body: { body: "Who?" } }];
    expectProblem(await send(cloud, "createComment", { ...call, token: nobody.token }), "name-required");
    expect((await send(cloud, "createComment", call)).status).toBe(401);
  });

  it("takes none where readers see no post, or the author takes none", async () => {
    const closed = await publishedPost(cloud, author, { comments: "closed" });
    const { body: draft } = await succeed(cloud, "createPost", { token: author.token, body: { title: "Draft" } });
    const tryAt = (postId: string) =>
      send(cloud, "createComment", { token: reader.token, params: { postId }, body: { body: "x" } });
    expectProblem(await tryAt(closed.id), "comments-closed");
    expectProblem(await tryAt(draft.id), "post-not-found");
    expectProblem(await tryAt("pst_01KA6V6A1B2C3D4E5F6G7H8J9K"), "post-not-found");
  });

  it("takes five a minute from one person, and as many from another", async () => {
    const eager = await newReader(cloud);
    const call = (user: NamedUser) =>
      send(cloud, "createComment", { token: user.token, params: { postId: post.id }, body: { body: "More" } });
    const answers: Answer[] = [];
    for (let i = 0; i < 11; i += 1) answers.push(await call(eager));
    // A minute may begin in between.
    const [taken, refused] = [201, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
    expect([taken === 5 || taken === 10, (taken ?? 0) + (refused ?? 0)]).toEqual([true, 11]);
    expectProblem(answers.at(-1) ?? (await call(eager)), "too-many-requests");
    expect((await call(await newReader(cloud))).status).toBe(201);
  });
});

describe("GET /v1/posts/{postId}/comments", () => {
  it("is for everybody, from the oldest on, a page at a time", async () => {
    const mine = await publishedPost(cloud, author);
    const all = [];
    for (const body of ["a", "b", "c"]) all.push(await newComment(cloud, author, mine.id, { body }));
    const first = await succeed(cloud, "listComments", { params: { postId: mine.id }, query: { limit: "2" } });
    expect(first.body).toEqual(all.slice(0, 2));
    expect(first.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=1");
    const [, next = ""] = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "") ?? [];
    expect(await (await fetch(next)).json()).toEqual(all.slice(2));
  });

  it("answers 404 for what is not published, and 400 for a cursor of another post", async () => {
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

  it("changes an own comment, says that it was edited, and leaves it alone when there is nothing to change", async () => {
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

  it("changes the version that the caller knows", async () => {
    const writer = await newReader(cloud);
    const comment = await newComment(cloud, writer, post.id);
    expect((await patch(comment, writer, { body: "Two" }, { "if-match": '"1"' })).status).toBe(200);
    expectProblem(await patch(comment, writer, { body: "Three" }, { "if-match": '"1"' }), "version-conflict");
    expectProblem(await patch(comment, writer, {}, { "if-match": '"1"' }), "version-conflict");
  });

  it("refuses an empty text, and an unknown member", async () => {
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

  it("removes an own comment, and one of an own post; nobody else's", async () => {
    const mine = await publishedPost(cloud, author);
    const [first, second] = [await newComment(cloud, reader, mine.id), await newComment(cloud, author, mine.id)];
    expectProblem(await remove(second, reader), "comment-not-found");
    expect((await remove(first, author)).status).toBe(204);
    expect((await remove(second, author)).status).toBe(204);
    expectProblem(await remove(second, author), "comment-not-found");
    await untilShown(cloud, mine.id, []);
  });

  it("keeps the place of one with replies, without writer and words, until the last reply has gone", async () => {
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

  it("removes the version that the caller knows", async () => {
    const comment = await newComment(cloud, author, post.id);
    expectProblem(await remove(comment, author, { "if-match": '"2"' }), "version-conflict");
    expect((await remove(comment, author, { "if-match": '"1"' })).status).toBe(204);
    expect((await send(cloud, "deleteComment", { params: at(comment) })).status).toBe(401);
  });
});
