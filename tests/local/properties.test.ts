import { features } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { recordProblem } from "../../scripts/lib/problems.ts";
import type { Schema } from "../api/arbitrary.ts";
import { type AnyRequest, type Described, Document, requestsFor } from "../api/arbitrary-request.ts";
import { sendRaw } from "../api/raw.ts";
import { newAuthor, newComment, publishedPost } from "../blog.ts";
import { type Answer, type CloudEnv, newTodo, newUser, succeed, type TestUser } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

// A cloud of its own, because random passwords use up most of the attempts that one address has.
let running: RunningCloud;
let cloud: CloudEnv;
beforeAll(async () => {
  running = await runCloud();
  cloud = running.env;
});
afterAll(() => running.remove());

/** The number of requests per operation. The fixed seed makes failures reproducible. */
const runs = { numRuns: 50, seed: 20_261_121 };

const document = Document.parse(openApiDocument(features, "https://daybook.example"));
const { schemas } = document.components;
const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Limits the length, because CloudFront rejects URLs above 8 KB. */
const encoded = (text: string) => encodeURIComponent(text.slice(0, 500).toWellFormed());

function sendAny(method: string, template: string, request: AnyRequest, credentials: Readonly<Record<string, string>>) {
  const { path, query, header, body } = request;
  const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&");
  // AWS ends the path at a question mark, even an encoded one, so the request would reach another operation.
  const target = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encoded((path[name] ?? "").replaceAll("?", "!")),
  );
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  const headers = { ...credentials, ...header, ...(body !== undefined && { "content-type": type }) };
  return sendRaw(cloud, search ? `${target}?${search}` : target, { method, headers, body });
}

const checkers = new Map<Schema, z.ZodType>();

/** Returns a validator for a schema of the document, including the schemas that it references. */
function checkerOf(schema: Schema): z.ZodType {
  const whole = JSON.stringify({ ...schema, $defs: schemas }).replaceAll("#/components/schemas/", "#/$defs/");
  const checker = checkers.get(schema) ?? z.fromJSONSchema(JSON.parse(whole));
  checkers.set(schema, checker);
  return checker;
}

/** Asserts that a response matches one that the document describes for the operation. */
function expectDescribed({ status, headers, body }: Answer, { responses }: Described): void {
  expect(status).toBeLessThan(500);
  const shown = `${status} ${JSON.stringify(body)}`;
  const described = responses[status] ?? expect.fail(`No such status is described: ${shown}`);
  if (status >= 400) expect(headers.get("cache-control") ?? "no-store", shown).toBe("no-store");
  if (!described.content) {
    expect(body).toBe("");
    return;
  }
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  const { schema } = described.content[type] ?? expect.fail(`No such type is described: ${type} ${shown}`);
  expect(checkerOf(schema).safeParse(body).error, shown).toBeUndefined();
}

/** Creates the resources that a path names, and their owner. */
async function knownFor(path: string): Promise<{ user: TestUser; known: Record<string, string> }> {
  // #region blog
  if (/\{(postId|handle|slug|commentId)\}/.test(path)) {
    const user = await newAuthor(cloud);
    const post = await publishedPost(cloud, user);
    const commentId = path.includes("{commentId}") ? (await newComment(cloud, user, post.id)).id : "";
    return { user, known: { postId: post.id, handle: user.handle, slug: post.slug ?? "", commentId } };
  }
  // #endregion blog
  const user = await newUser(cloud);
  if (path.includes("{mediaId}")) {
    const body = { type: "image/png", bytes: 100 };
    return { user, known: { mediaId: (await succeed(cloud, "createMedia", { token: user.token, body })).body.id } };
  }
  const todo = await newTodo(cloud, user);
  return { user, known: { listId: todo.listId, todoId: todo.id } };
}

describe.each(all.map((each) => [each.operation.operationId, each] as const))("%s", (_id, each) => {
  const { method, path, operation } = each;

  it("returns only documented responses and no server error", async () => {
    const { user, known } = await knownFor(path);
    const schemes = operation.security.flatMap((scheme) => Object.keys(scheme));
    const credentials = {
      ...(schemes.includes("accessToken") && { authorization: `Bearer ${user.token}` }),
      ...(schemes.includes("session") && { cookie: user.cookie, origin: running.url }),
    };
    const requests = requestsFor(operation, { schemas, known });
    const property = fc.asyncProperty(requests, async (request) => {
      const answer = await sendAny(method, path, request, credentials);
      recordProblem(operation.operationId, answer.body);
      expectDescribed(answer, operation);
    });
    await fc.assert(property, runs);
  });
});
