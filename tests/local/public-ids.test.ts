import { type OperationId, operations } from "@daybook/core/api";
import type { Operation } from "@daybook/core/contract/operation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildWeb } from "../../scripts/lib/web.ts";
import { subOf } from "../api/tokens.ts";
import { newAuthor, newComment, newReader, publishedPost } from "../blog.ts";
import { send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
let subs: readonly string[];
let params: Record<string, string>;
let author: Awaited<ReturnType<typeof newAuthor>>;
let tag: string;
beforeAll(async () => {
  await buildWeb();
  cloud = await runCloud();
  const [reader, blocked] = await Promise.all([newReader(cloud.env), newReader(cloud.env, "Nemo")]);
  author = await newAuthor(cloud.env);
  tag = author.handle;
  subs = [author, reader, blocked].map(({ token }) => String(subOf(token)));
  const post = await publishedPost(cloud.env, author, { tags: [tag] });
  const slug = String(post.page).split("/").at(-1) ?? "";
  await newComment(cloud.env, reader, post.id);
  await newComment(cloud.env, author, post.id);
  const { id: commentId } = await newComment(cloud.env, blocked, post.id);
  params = { handle: author.handle, slug, postId: post.id, commentId };
});
afterAll(() => cloud.remove());

/** Asserts that a response does not contain the user pool's id of any user. */
function expectNoSub(where: string, text: string): void {
  expect(text.length, where).toBeGreaterThan(0);
  for (const sub of subs) expect(text.includes(sub), `${where} names a sub`).toBe(false);
}
const answerText = ({ headers, body }: { headers: Headers; body: unknown }) =>
  JSON.stringify([[...headers], body, cursorsOf(headers)]);
/** Decodes cursors. They are Base64, so their content is public. */
const cursorsOf = (headers: Headers) =>
  [...(headers.get("link") ?? "").matchAll(/cursor=([\w-]+)/g)].map(([, cursor = ""]) =>
    Buffer.from(cursor, "base64url").toString(),
  );

describe("the responses of public operations", () => {
  // `Object.keys` returns `string[]`, but the keys of `operations` are its ids.
  const all = (Object.keys(operations) as OperationId[]).map((id): Operation<Operation, OperationId> => operations[id]);
  // Excludes POST operations, whose responses are only for the user who signs up or in.
  const reads = all.filter(({ access, method }) => access === "public" && method === "GET");

  it.each(reads.map(({ id, path, response }) => [id, path, response.paged] as const))(
    "of %s contain no user pool ids",
    async (id, _path, paged) => {
      const queries = paged ? [{ limit: "1" }, { limit: "100" }] : [{}];
      for (const query of queries) {
        const answer = await send(cloud.env, id, { params, query });
        expect(answer.status, JSON.stringify(answer.body)).toBe(200);
        expectNoSub(id, answerText(answer));
      }
    },
  );
});

describe("the responses to the author of a post", () => {
  it("identify readers by their public ids, consistently", async () => {
    const { token } = author;
    const body = { decision: "block" };
    const decided = await succeed(cloud.env, "decideComment", { token, params, body });
    const listed = await succeed(cloud.env, "listBlockedReaders", { token, query: { limit: "1" } });
    const waiting = await succeed(cloud.env, "listCommentsToReview", { token });
    for (const answer of [decided, listed, waiting]) expectNoSub("an author's answer", answerText(answer));
    expect(listed.body.map(({ id }) => id)).toEqual([decided.body.author?.id]);
    expect(decided.body.author?.id).toMatch(/^rdr_/);
  });

  it("include the author's own public id, as in their comments", async () => {
    const { body: me } = await succeed(cloud.env, "getMe", { token: author.token });
    const { body: comments } = await succeed(cloud.env, "listComments", { params: { postId: String(params.postId) } });
    expect(comments.filter(({ byPostAuthor }) => byPostAuthor).map((comment) => comment.author?.id)).toEqual([
      me.readerId,
    ]);
  });
});

describe("built pages, feeds and sitemaps", () => {
  const month = new Date().toISOString().slice(0, 7);
  it.each([false, true])("contain no user pool ids, with RSC headers: %s", async (rsc) => {
    const page = `/@${params.handle}`;
    const feeds = ["", page, `/tags/${tag}`].flatMap((at) =>
      ["feed.xml", "atom.xml", "feed.json"].map((file) => `${at}/${file}`),
    );
    const paths = ["/", "/blog", page, `${page}/${params.slug}`, `/tags/${tag}`, "/archive", `/archive/${month}`];
    for (const path of [...paths, ...feeds, "/sitemap.xml", `/sitemap/${month}.xml`]) {
      const response = await fetch(cloud.url + path, { headers: rsc ? { rsc: "1" } : {} });
      expect([path, response.status]).toEqual([path, 200]);
      expectNoSub(path, JSON.stringify([...response.headers]) + (await response.text()));
    }
  });
});
