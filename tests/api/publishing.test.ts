import type { Post } from "@daybook/core/post/post";
import { describe, expect, inject, it, vi } from "vitest";
import { newAuthor, publishedPost } from "../blog.ts";
import { expectProblem, newUser, send, succeed, type TestUser, variable } from "../fixtures.ts";

const cloud = inject("cloud");
const origin = variable(cloud, "DAYBOOK_URL");

const of = ({ token }: Pick<TestUser, "token">, { id }: Pick<Post, "id">) => ({ token, params: { postId: id } });
const publish = async (user: Pick<TestUser, "token">, post: Pick<Post, "id">) =>
  (await succeed(cloud, "publishPost", { ...of(user, post), body: {} })).body;

/** Retries a check until it passes, because the edge may serve a response from a moment ago. */
const untilReaders = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 250 });

describe("POST /v1/posts/{postId}/publish", () => {
  it("shows a post to readers, in every list that it belongs to", async () => {
    const author = await newAuthor(cloud);
    const tag = author.handle;
    const post = await publishedPost(cloud, author, { title: "On roses", body: "# R\n\nThey *bloom*.", tags: [tag] });
    const page = `${origin}/@${author.handle}/on-roses`;
    expect(post).toMatchObject({ state: "published", slug: "on-roses", page, changed: false, version: 2 });
    const { body: shown, headers } = await succeed(cloud, "getPost", { params: { postId: post.id } });
    expect(shown).toMatchObject({ title: "On roses", body: "# R\n\nThey *bloom*.", excerpt: "They bloom.", words: 3 });
    expect(shown).toMatchObject({ readingMinutes: 1, commentCount: 0, page, author: { name: "Maya" }, pictures: [] });
    expect(headers.get("cache-control")).toBe("public, max-age=0, s-maxage=1");
    const at = { handle: author.handle, slug: "on-roses" };
    expect((await succeed(cloud, "getPostBySlug", { params: at })).body).toEqual(shown);
    const month = post.publishedAt?.slice(0, 7) ?? "";
    for (const query of [{ author: author.handle }, { tag }]) {
      const { body } = await succeed(cloud, "listPosts", { query });
      expect(body).toEqual([expect.objectContaining({ id: post.id, page, excerpt: "They bloom." })]);
      expect(body[0]).not.toHaveProperty("body");
    }
    for (const query of [{}, { month }]) {
      await untilReaders(async () => {
        const { body } = await succeed(cloud, "listPosts", { query });
        expect(body.map(({ id }) => id)).toContain(post.id);
      });
    }
  });

  it("adds the month to the archive", async () => {
    const post = await publishedPost(cloud, await newAuthor(cloud));
    const month = post.publishedAt?.slice(0, 7) ?? "";
    await untilReaders(async () => {
      const { body } = await succeed(cloud, "listMonths");
      expect(body).toContainEqual({ month, page: `${origin}/archive/${month}` });
    });
  });

  it("answers conditional requests, with a tag of the version and the embedded data", async () => {
    const post = await publishedPost(cloud, await newAuthor(cloud));
    const params = { postId: post.id };
    const { headers } = await succeed(cloud, "getPost", { params });
    expect(headers.get("etag")).toMatch(/^(W\/)?"2\.0\.[\w-]{22}\.[\w-]{22}"$/);
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await send(cloud, "getPost", { params, headers: known })).status).toBe(304);
  });

  it("returns the missing parts of an incomplete post", async () => {
    const author = await newAuthor(cloud);
    const { body: post } = await succeed(cloud, "createPost", { token: author.token, body: { body: "  " } });
    for (const body of [{}, { at: "2099-01-01T00:00:00Z" }]) {
      const problem = expectProblem(await send(cloud, "publishPost", { ...of(author, post), body }), "post-incomplete");
      expect(problem.errors).toEqual([
        { pointer: "/title", detail: "The title is missing" },
        { pointer: "/body", detail: "There is nothing to read yet" },
      ]);
    }
  });

  it("requires a handle", async () => {
    const user = await newUser(cloud);
    const { body: post } = await succeed(cloud, "createPost", { token: user.token, body: { title: "a", body: "b" } });
    expectProblem(await send(cloud, "publishPost", { ...of(user, post), body: {} }), "handle-required");
  });

  it("is idempotent, and returns 412 when If-Match names an older version", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author);
    expect(await publish(author, post)).toEqual(post);
    await succeed(cloud, "updatePost", { ...of(author, post), body: { title: "Changed" } });
    const late = { ...of(author, post), body: {}, headers: { "if-match": '"2"' } };
    expectProblem(await send(cloud, "publishPost", late), "version-conflict");
    const current = await succeed(cloud, "publishPost", { ...late, headers: { "if-match": '"3"' } });
    expect(current.body).toMatchObject({ version: 4, changed: false, publishedAt: post.publishedAt });
  });

  it("keeps the published revision visible until the post is published again", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author, { title: "Roses" });
    const { body: changed } = await succeed(cloud, "updatePost", { ...of(author, post), body: { title: "Tulips" } });
    expect(changed).toMatchObject({ changed: true, state: "published", page: post.page });
    const params = { postId: post.id };
    expect((await succeed(cloud, "getPost", { params })).body.title).toBe("Roses");
    await publish(author, post);
    await untilReaders(async () => expect((await succeed(cloud, "getPost", { params })).body.title).toBe("Tulips"));
  });

  it("removes the post from the lists of former tags", async () => {
    const author = await newAuthor(cloud);
    const [before, after] = [`${author.handle}-a`, `${author.handle}-b`];
    const post = await publishedPost(cloud, author, { tags: [before] });
    await succeed(cloud, "updatePost", { ...of(author, post), body: { tags: [after] } });
    await publish(author, post);
    expect((await succeed(cloud, "listPosts", { query: { tag: before } })).body).toEqual([]);
    expect((await succeed(cloud, "listPosts", { query: { tag: after } })).body).toHaveLength(1);
  });

  it("reserves current and former slugs for the post, and returns the current slug for a former one", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author, { slug: "roses" });
    const draft = { token: author.token, body: { title: "Other", body: "Text", slug: "roses" } };
    const { body: other } = await succeed(cloud, "createPost", draft);
    expectProblem(await send(cloud, "publishPost", { ...of(author, other), body: {} }), "slug-taken");
    await succeed(cloud, "updatePost", { ...of(author, post), body: { slug: "old-roses" } });
    expect((await publish(author, post)).page).toBe(`${origin}/@${author.handle}/old-roses`);
    const params = { handle: author.handle, slug: "roses" };
    await untilReaders(async () => {
      expect((await succeed(cloud, "getPostBySlug", { params })).body).toMatchObject({
        id: post.id,
        slug: "old-roses",
      });
    });
    expectProblem(await send(cloud, "publishPost", { ...of(author, other), body: {} }), "slug-taken");
  });
});

describe("the date of publication", () => {
  const setDate = (author: Pick<TestUser, "token">, post: Pick<Post, "id">, body: object) =>
    send(cloud, "publishPost", { ...of(author, post), body });

  it("can be in the past, also of a published post, which moves in the lists and in the archive", async () => {
    const author = await newAuthor(cloud);
    const draft = { token: author.token, body: { title: "From the old blog", body: "Text" } };
    const { body: post } = await succeed(cloud, "createPost", draft);
    const newest = await publishedPost(cloud, author, { title: "Newest" });
    const first = await setDate(author, post, { publishedAt: "2019-05-04T10:00:00Z" });
    expect(first.body).toMatchObject({ state: "published", publishedAt: "2019-05-04T10:00:00.000Z" });
    const titles = async (query: Record<string, string>) =>
      (await succeed(cloud, "listPosts", { query: { ...query, limit: "100" } })).body.map(({ id }) => id);
    expect(await titles({ author: author.handle })).toEqual([newest.id, post.id]);
    const { body: shown } = await succeed(cloud, "getPost", { params: { postId: post.id } });
    expect(shown).toMatchObject({ publishedAt: "2019-05-04T10:00:00.000Z", revisedAt: "2019-05-04T10:00:00.000Z" });
    expect(await titles({ month: "2019-05" })).toContain(post.id);
    expect((await setDate(author, post, { publishedAt: "2018-01-02T00:00:00Z" })).status).toBe(200);
    await untilReaders(async () => expect(await titles({ month: "2019-05" })).not.toContain(post.id));
    await untilReaders(async () => expect(await titles({ month: "2018-01" })).toContain(post.id));
    await untilReaders(async () => {
      const { body } = await succeed(cloud, "listMonths", { query: { limit: "100" } });
      expect(body.map(({ month }) => month)).toContain("2018-01");
    });
    expect((await publish(author, post)).publishedAt).toBe("2018-01-02T00:00:00.000Z");
  });

  it("is refused in the future, and together with a schedule", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author);
    for (const body of [
      { publishedAt: "2099-01-01T00:00:00Z" },
      { publishedAt: "1969-12-31T00:00:00Z" },
      { publishedAt: "2019-01-01T00:00:00Z", at: "2099-01-01T00:00:00Z" },
    ]) {
      const problem = expectProblem(await setDate(author, post, body), "validation-failed");
      expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(["/publishedAt"]);
    }
  });
});

describe("tags", () => {
  it("can be names such as C++, C# and node.js, which are stored in lower case", async () => {
    const author = await newAuthor(cloud);
    const end = author.handle.slice(5);
    const post = await publishedPost(cloud, author, {
      tags: ["C++", "c#", "Node.JS", ".net", "サーバー", `c++${end}`],
    });
    expect(post.tags).toEqual(["c++", "c#", "node.js", ".net", "サーバー", `c++${end}`]);
    const { body } = await succeed(cloud, "listPosts", { query: { tag: `C++${end}` } });
    expect(body.map(({ id }) => id)).toEqual([post.id]);
  });

  it("are named when they are refused", async () => {
    const author = await newAuthor(cloud);
    const answer = await send(cloud, "createPost", { token: author.token, body: { tags: ["ok", "two words", "#"] } });
    expect(expectProblem(answer, "validation-failed").errors).toMatchObject([
      { pointer: "/tags/1", detail: expect.stringContaining('"two words"') },
      { pointer: "/tags/2", detail: expect.stringContaining('"#"') },
    ]);
  });
});

describe("scheduling", () => {
  it("waits for the time, and can be moved or canceled", async () => {
    const author = await newAuthor(cloud);
    const draft = { token: author.token, body: { title: "Later", body: "Text" } };
    const { body: post } = await succeed(cloud, "createPost", draft);
    const at = (time: string) => succeed(cloud, "publishPost", { ...of(author, post), body: { at: time } });
    expect((await at("2099-01-01T00:00:00Z")).body).toMatchObject({ state: "scheduled", page: null, version: 2 });
    expect((await at("2099-02-01T00:00:00Z")).body.scheduledFor).toBe("2099-02-01T00:00:00.000Z");
    expectProblem(await send(cloud, "getPost", { params: { postId: post.id } }), "post-not-found");
    const { body: draftAgain } = await succeed(cloud, "unpublishPost", of(author, post));
    expect(draftAgain).toMatchObject({ state: "draft", scheduledFor: null, version: 4 });
    expect((await at("2020-01-01T00:00:00Z")).body).toMatchObject({ state: "published", scheduledFor: null });
    const wrong = await send(cloud, "publishPost", { ...of(author, post), body: { at: "tomorrow" } });
    expect(expectProblem(wrong, "validation-failed").errors?.[0]?.pointer).toBe("/at");
  });

  it("refuses times outside of 1970 to 2200", async () => {
    const author = await newAuthor(cloud);
    const draft = { token: author.token, body: { title: "Later", body: "Text" } };
    const { body: post } = await succeed(cloud, "createPost", draft);
    for (const at of ["0026-12-24T09:00:00Z", "2201-01-01T00:00:00Z"]) {
      const wrong = await send(cloud, "publishPost", { ...of(author, post), body: { at } });
      expect(expectProblem(wrong, "validation-failed").errors?.[0]?.pointer).toBe("/at");
    }
  });
});

describe("POST /v1/posts/{postId}/unpublish", () => {
  it("hides a post from readers, and is idempotent", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author, { tags: [author.handle] });
    const { body: draft } = await succeed(cloud, "unpublishPost", of(author, post));
    expect(draft).toMatchObject({ state: "draft", page: null, changed: false, publishedAt: post.publishedAt });
    expect((await succeed(cloud, "unpublishPost", of(author, post))).body).toEqual(draft);
    expectProblem(await send(cloud, "getPost", { params: { postId: post.id } }), "post-not-found");
    for (const query of [{ author: author.handle }, { tag: author.handle }]) {
      expect((await succeed(cloud, "listPosts", { query })).body).toEqual([]);
    }
  });

  it("returns 412 when If-Match names an older version", async () => {
    const author = await newAuthor(cloud);
    const post = await publishedPost(cloud, author);
    const headers = { "if-match": '"1"' };
    expectProblem(await send(cloud, "unpublishPost", { ...of(author, post), headers }), "version-conflict");
  });
});

describe("GET /v1/posts", () => {
  it("accepts one of author, tag and month, and only a cursor of the same list", async () => {
    const author = await newAuthor(cloud);
    for (const title of ["a", "b", "c"]) await publishedPost(cloud, author, { title });
    const both = await send(cloud, "listPosts", { query: { author: author.handle, tag: "x" } });
    expectProblem(both, "validation-failed");
    expectProblem(await send(cloud, "listPosts", { query: { month: "2026-13" } }), "validation-failed");
    const first = await succeed(cloud, "listPosts", { query: { author: author.handle, limit: "2" } });
    const link = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const { searchParams } = new URL(link);
    expect(searchParams.get("author")).toBe(author.handle);
    const second = await succeed(cloud, "listPosts", { query: Object.fromEntries(searchParams) });
    expect([...first.body, ...second.body].map(({ title }) => title)).toEqual(["c", "b", "a"]);
    const cursor = searchParams.get("cursor") ?? "";
    expectProblem(await send(cloud, "listPosts", { query: { cursor } }), "validation-failed");
    expect((await succeed(cloud, "listPosts", { query: { tag: "nobody-has-this" } })).body).toEqual([]);
  });
});
