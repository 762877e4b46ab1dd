import type { Post } from "@daybook/core/post/post";
import { describe, expect, inject, it } from "vitest";
import { newAuthor } from "../blog.ts";
import { type Answer, expectProblem, newUser, send, succeed, type TestUser, urlOf } from "../fixtures.ts";

const cloud = inject("cloud");

const newPost = async ({ token }: Pick<TestUser, "token">, body: Record<string, unknown> = { title: "Roses" }) =>
  (await succeed(cloud, "createPost", { token, body })).body;
const of = ({ token }: TestUser, { id }: Post) => ({ token, params: { postId: id } });
const pointers = (answer: Answer) => expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);

describe("POST /v1/posts", () => {
  it("returns 201 with an empty draft and its location", async () => {
    const { token } = await newUser(cloud);
    const { body, headers } = await succeed(cloud, "createPost", { token, body: {} });
    expect(body).toMatchObject({ state: "draft", title: "", body: "", tags: [], comments: "open", version: 1 });
    expect(body).toMatchObject({ slug: null, excerpt: null, coverId: null, scheduledFor: null, publishedAt: null });
    expect(body).toMatchObject({ changed: false, page: null, scheduleProblem: null });
    expect(headers.get("location")).toBe(body.url);
    expect(body.url).toBe(urlOf(cloud, "getMyPost", { params: { postId: body.id } }).href);
    expect(headers.get("etag")).toBe('"1"');
    expect((await succeed(cloud, "getMyPost", { token, params: { postId: body.id } })).body).toEqual(body);
  });

  it("keeps the text as sent, and trims only the title", async () => {
    const user = await newUser(cloud);
    const written = {
      body: "  # Roses\n\n\t🌹\n",
      excerpt: "On roses",
      slug: "on-roses",
      tags: ["garden", "花园"],
      coverAlt: "A gate",
      canonicalUrl: "https://example.com/roses?a=1#b",
      comments: "moderated",
    };
    const post = await newPost(user, { title: "  Roses  ", ...written });
    expect(post).toMatchObject({ title: "Roses", ...written });
  });

  it("stores texts in their clean form", async () => {
    const { token } = await newUser(cloud);
    const body = {
      title: "Cafe\u0301\u0000\n\u202eTea",
      body: "a\r\nb\u0007\u000b",
      coverAlt: " A\tgate ",
      tags: [" Cafe\u0301"],
    };
    const { body: post } = await succeed(cloud, "createPost", { token, body });
    expect(post).toMatchObject({ title: "Café Tea", body: "a\nb\n", coverAlt: "A gate", tags: ["café"] });
  });

  it("returns 400 with a pointer for each violated rule", async () => {
    const { token } = await newUser(cloud);
    const wrong: [Record<string, unknown>, string][] = [
      [{ title: "x".repeat(201) }, "/title"],
      [{ body: "x".repeat(100_001) }, "/body"],
      [{ body: "園".repeat(80_001) }, "/body"],
      [{ excerpt: "x".repeat(301) }, "/excerpt"],
      [{ slug: "Not A Slug" }, "/slug"],
      [{ slug: "" }, "/slug"],
      [{ tags: ["ok", "Not Ok"] }, "/tags/1"],
      [{ tags: ["twice", "twice"] }, "/tags"],
      [{ tags: Array.from({ length: 9 }, (_, index) => `t${index}`) }, "/tags"],
      [{ coverId: "x" }, "/coverId"],
      [{ canonicalUrl: "javascript:alert(1)" }, "/canonicalUrl"],
      [{ comments: "maybe" }, "/comments"],
      [{ state: "published" }, "/state"],
      [{ publishedAt: "2026-11-21T10:00:00Z" }, "/publishedAt"],
      [{ authorId: "x" }, "/authorId"],
    ];
    for (const [body, pointer] of wrong) {
      const answer = await send(cloud, "createPost", { token, body });
      expect([...new Set(pointers(answer))]).toEqual([pointer]);
    }
  });

  it("accepts values at the limits", async () => {
    const user = await newAuthor(cloud);
    const post = await newPost(user, { title: "x".repeat(200), body: `園${"x".repeat(99_999)}` });
    const wide = await newPost(user, { title: "Wide", body: "園".repeat(80_000) });
    for (const each of [post, wide]) {
      const { body } = await succeed(cloud, "publishPost", { ...of(user, each), body: {} });
      expect(body.body).toBe(each.body);
    }
  });
});

describe("GET /v1/me/posts", () => {
  it("lists posts without bodies, newest first, with pagination", async () => {
    const user = await newUser(cloud);
    const made: Post[] = [];
    for (const title of ["a", "b", "c"]) made.unshift(await newPost(user, { title, body: "text" }));
    const first = await succeed(cloud, "listMyPosts", { token: user.token, query: { limit: "2" } });
    const [{ body: _, ...newest } = {}] = made;
    expect(first.body[0]).toEqual(newest);
    const link = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const cursor = new URL(link).searchParams.get("cursor") ?? "";
    const second = await succeed(cloud, "listMyPosts", { token: user.token, query: { limit: "2", cursor } });
    expect([...first.body, ...second.body].map(({ title }) => title)).toEqual(["c", "b", "a"]);
    expect(second.headers.get("link")).toBeNull();
    const other = await newUser(cloud);
    const foreign = await send(cloud, "listMyPosts", { token: other.token, query: { limit: "2", cursor } });
    expect(pointers(foreign)).toEqual(["/query/cursor"]);
    expect((await succeed(cloud, "listMyPosts", { token: other.token })).body).toEqual([]);
  });
});

describe("GET /v1/me/posts/{postId}", () => {
  it("returns 304 until the post changes", async () => {
    const user = await newUser(cloud);
    const post = await newPost(user);
    const request = of(user, post);
    const { headers } = await succeed(cloud, "getMyPost", request);
    expect(headers.get("cache-control")).toBe("private, no-cache");
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await send(cloud, "getMyPost", { ...request, headers: known })).status).toBe(304);
    await succeed(cloud, "updatePost", { ...request, body: { body: "They bloom." } });
    expect((await send(cloud, "getMyPost", { ...request, headers: known })).status).toBe(200);
  });
});

describe("PATCH /v1/posts/{postId}", () => {
  it("changes the given members, and clears optional ones with null", async () => {
    const user = await newUser(cloud);
    const post = await newPost(user, { title: "Roses", slug: "roses", excerpt: "Short" });
    const request = of(user, post);
    const { body } = await succeed(cloud, "updatePost", { ...request, body: { body: "They bloom.", slug: null } });
    expect(body).toEqual({ ...post, body: "They bloom.", slug: null, version: 2, updatedAt: body.updatedAt });
    expect((await succeed(cloud, "getMyPost", request)).body).toEqual(body);
    const cleared = { title: null, body: null, tags: null, coverAlt: null, excerpt: null };
    expect((await succeed(cloud, "updatePost", { ...request, body: cleared })).body).toMatchObject({
      ...{ title: "", body: "", tags: [], coverAlt: "", excerpt: null },
      version: 3,
    });
    expect(pointers(await send(cloud, "updatePost", { ...request, body: { comments: null } }))).toEqual(["/comments"]);
  });

  it("keeps the version if the patch changes nothing", async () => {
    const user = await newUser(cloud);
    const post = await newPost(user, { title: "Roses", tags: ["a"] });
    const request = of(user, post);
    for (const body of [{}, { title: "Roses" }, { tags: ["a"], excerpt: null }]) {
      expect((await succeed(cloud, "updatePost", { ...request, body })).body).toEqual(post);
    }
  });

  it("accepts only one of many concurrent updates with the same If-Match, even to different members", async () => {
    const user = await newUser(cloud);
    const post = await newPost(user);
    const request = { ...of(user, post), headers: { "if-match": 'W/"1"' } };
    const bodies = Array.from({ length: 20 }, (_, index) => (index % 2 ? { title: `${index}` } : { body: `${index}` }));
    const answers = await Promise.all(bodies.map((body) => send(cloud, "updatePost", { ...request, body })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(19);
    for (const answer of refused) expectProblem(answer, "version-conflict");
    expectProblem(await send(cloud, "updatePost", { ...request, body: {} }), "version-conflict");
  });
});

describe("DELETE /v1/posts/{postId}", () => {
  it("deletes a post once, and returns 412 when If-Match names another version", async () => {
    const user = await newUser(cloud);
    const post = await newPost(user);
    const request = of(user, post);
    expectProblem(await send(cloud, "deletePost", { ...request, headers: { "if-match": '"7"' } }), "version-conflict");
    const answers = await Promise.all([1, 2, 3].map(() => send(cloud, "deletePost", request)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404]);
    for (const refused of [
      await send(cloud, "getMyPost", request),
      await send(cloud, "updatePost", { ...request, body: { title: "Back" } }),
      await send(cloud, "publishPost", { ...request, body: {} }),
      await send(cloud, "unpublishPost", request),
    ]) {
      expectProblem(refused, "post-not-found");
    }
  });
});
