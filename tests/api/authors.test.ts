import { randomUUID } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { newAuthor, newReader, publishedPost } from "../blog.ts";
import { expectProblem, newUser, password, send, succeed, variable } from "../fixtures.ts";

const cloud = inject("cloud");
const origin = variable(cloud, "DAYBOOK_URL");
const newHandle = () => `maya-${randomUUID().slice(0, 12)}`;

describe("PATCH /v1/me with a handle", () => {
  it("sets the handle of a named user, and publishes the author profile", async () => {
    const { token } = await newReader(cloud, "Maya");
    const handle = newHandle();
    const me = await succeed(cloud, "updateMe", { token, body: { handle, bio: " Writes. " } });
    expect(me.body).toMatchObject({ handle, name: "Maya", bio: "Writes.", avatarId: null, avatar: null, version: 3 });
    expect((await succeed(cloud, "getMe", { token })).body).toEqual(me.body);
    expect((await succeed(cloud, "getAuthor", { params: { handle } })).body).toEqual({
      handle,
      url: `${origin}/v1/authors/${handle}`,
      page: `${origin}/@${handle}`,
      name: "Maya",
      bio: "Writes.",
      avatar: null,
    });
  });

  it("accepts name and handle together, and refuses a handle without a name", async () => {
    const { token } = await newUser(cloud);
    const handle = newHandle();
    expectProblem(await send(cloud, "updateMe", { token, body: { handle } }), "name-required");
    expectProblem(await send(cloud, "updateMe", { token, body: { handle, name: null } }), "name-required");
    expectProblem(await send(cloud, "getAuthor", { params: { handle } }), "author-not-found");
    await succeed(cloud, "updateMe", { token, body: { handle, name: "Maya" } });
    expectProblem(await send(cloud, "updateMe", { token, body: { name: null } }), "name-required");
  });

  it("accepts the same handle again without a change, and refuses another one", async () => {
    const { token, handle } = await newAuthor(cloud);
    const { body: before } = await succeed(cloud, "getMe", { token });
    expect((await succeed(cloud, "updateMe", { token, body: { handle } })).body).toEqual(before);
    expectProblem(await send(cloud, "updateMe", { token, body: { handle: newHandle() } }), "handle-chosen");
    const nothing = await send(cloud, "updateMe", { token, body: { handle: null } });
    expect(expectProblem(nothing, "validation-failed").errors?.[0]?.pointer).toBe("/handle");
  });

  it("gives a handle to only one of several concurrent requests", async () => {
    const handle = newHandle();
    const readers = await Promise.all(Array.from({ length: 5 }, (_, index) => newReader(cloud, `Maya ${index}`)));
    const answers = await Promise.all(readers.map(({ token }) => send(cloud, "updateMe", { token, body: { handle } })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(4);
    for (const answer of refused) expectProblem(answer, "handle-taken");
  });

  it.each(["ab", "Maya", "maya_1", "-maya", "maya-", "ma--ya", "máya", "a".repeat(31)])(
    "refuses %j",
    async (handle) => {
      const { token } = await newReader(cloud);
      const answer = await send(cloud, "updateMe", { token, body: { handle } });
      expect(expectProblem(answer, "validation-failed").errors?.[0]?.pointer).toBe("/handle");
    },
  );

  it("returns 412 when If-Match names an older version", async () => {
    const { token } = await newReader(cloud);
    const headers = { "if-match": '"1"' };
    const answer = await send(cloud, "updateMe", { token, headers, body: { handle: newHandle() } });
    expectProblem(answer, "version-conflict");
  });
});

describe("PATCH /v1/me with an avatar", () => {
  it("refuses pictures that are not ready or belong to another user", async () => {
    const [mine, other] = await Promise.all([newUser(cloud), newUser(cloud)]);
    const upload = (token: string) => succeed(cloud, "createMedia", { token, body: { type: "image/png", bytes: 100 } });
    const [awaited, foreign] = await Promise.all([upload(mine.token), upload(other.token)]);
    for (const avatarId of [awaited.body.id, foreign.body.id]) {
      expectProblem(await send(cloud, "updateMe", { token: mine.token, body: { avatarId } }), "media-not-found");
    }
    await succeed(cloud, "updateMe", { token: mine.token, body: { avatarId: null } });
  });
});

describe("GET /v1/authors/{handle}", () => {
  it("reflects the profile, and reveals nothing about the account", async () => {
    const { token, handle, email } = await newAuthor(cloud);
    await succeed(cloud, "updateMe", { token, body: { name: "Maya B.", bio: "Digs." } });
    const { body } = await succeed(cloud, "getAuthor", { params: { handle } });
    expect(body).toMatchObject({ name: "Maya B.", bio: "Digs." });
    const { body: me } = await succeed(cloud, "getMe", { token });
    for (const secret of [email, me.id, me.id.slice(4)]) expect(JSON.stringify(body)).not.toContain(secret);
  });

  it("is cacheable at the edge for a second", async () => {
    const { handle } = await newAuthor(cloud);
    const { headers } = await succeed(cloud, "getAuthor", { params: { handle } });
    expect(headers.get("cache-control")).toBe("public, max-age=0, s-maxage=1");
    expect(headers.get("etag")).toMatch(/^(W\/)?"[\w-]{22}"$/);
  });

  it("returns 404 for an unused handle", async () => {
    expectProblem(await send(cloud, "getAuthor", { params: { handle: newHandle() } }), "author-not-found");
  });
});

describe("POST /v1/me/delete of an author", () => {
  it("removes the author's public content, and keeps the handle reserved", async () => {
    const { token, handle } = await newAuthor(cloud);
    const post = await publishedPost(cloud, { token });
    await succeed(cloud, "deleteMe", { token, body: { password } });
    expectProblem(await send(cloud, "getAuthor", { params: { handle } }), "author-not-found");
    expectProblem(await send(cloud, "getPost", { params: { postId: post.id } }), "post-not-found");
    const slug = post.slug ?? "";
    expectProblem(await send(cloud, "getPostBySlug", { params: { handle, slug } }), "post-not-found");
    expect((await succeed(cloud, "listPosts", { query: { author: handle } })).body).toEqual([]);
    const { token: other } = await newReader(cloud);
    expectProblem(await send(cloud, "updateMe", { token: other, body: { handle } }), "handle-taken");
    expectProblem(await send(cloud, "createPost", { token, body: { title: "Late" } }), "user-not-found");
  });
});
