import { describe, expect, it } from "vitest";
import * as z from "zod";
import { features, operations } from "../api.ts";
import type { Operation } from "./operation.ts";
import { problems, problemType } from "./problem.ts";

const all: readonly Operation[] = Object.values(operations);
const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe("the contract", () => {
  it("has each operation once and in one feature", () => {
    const ids = Object.values(features).flatMap((each) => Object.keys(each));
    expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted());
    expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length);
  });

  it("has a valid problem type for each code", () => {
    for (const code of Object.keys(problems)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(problemType("todo-not-found")).toBe("urn:daybook:problem:todo-not-found");
  });
});

describe.each(all.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
  it("has its key as id", () => expect(operations).toHaveProperty(id, operation));

  it("declares exactly the parameters in its path", () => {
    expect(Object.keys(operation.params?.shape ?? {})).toEqual(namesIn(operation.path));
  });

  it("rejects unknown members", () => {
    for (const schema of [operation.params, operation.query, operation.body]) {
      const issues = schema?.safeParse({ surprise: true }).error?.issues ?? [];
      if (schema) expect(issues).toContainEqual(expect.objectContaining({ code: "unrecognized_keys" }));
    }
  });

  it("returns a body unless the status is 202 or 204", () => {
    const { status, body, paged } = operation.response;
    expect(body === undefined).toBe(status === 202 || status === 204);
    if (paged) {
      expect(body).toBeInstanceOf(z.ZodArray);
      expect(Object.keys(operation.query?.shape ?? {})).toEqual(expect.arrayContaining(["limit", "cursor"]));
    }
  });

  it("derives only members of a body that has a version", () => {
    const { body, derived = [] } = operation.response;
    const members = body instanceof z.ZodObject ? Object.keys(body.shape) : [];
    if (derived.length > 0) expect(members).toEqual(expect.arrayContaining(["version", ...derived]));
  });

  it("is not cached if it returns tokens, and is cached at the edge only if it is public", () => {
    if (operation.access !== "user" && operation.method !== "GET") expect(operation.cache).toBe("no-store");
    if (typeof operation.cache === "object") expect([operation.method, operation.access]).toEqual(["GET", "public"]);
  });

  it("is idempotent if it creates something", () => {
    const creates = operation.access === "user" && operation.method === "POST" && operation.response.status === 201;
    expect(operation.idempotent ?? false).toBe(creates);
  });

  it("declares 404 for the ids in its path, and 412 if it compares versions", () => {
    const codes = operation.problems ?? [];
    if (operation.path.includes("{listId}")) expect(codes).toContain("list-not-found");
    if (operation.path.includes("{todoId}")) expect(codes).toContain("todo-not-found");
    // #region blog
    if (/\{postId\}(?!.*\{)/.test(operation.path)) expect(codes).toContain("post-not-found");
    if (operation.path.includes("{commentId}")) expect(codes).toContain("comment-not-found");
    // #endregion blog
    if (operation.path.includes("{mediaId}")) expect(codes).toContain("media-not-found");
    if (operation.path.includes("{sessionId}")) expect(codes).toContain("session-not-found");
    // A block of a reader and a session have no version.
    const hasVersions = operation.path.endsWith("}") && !/\{(readerId|sessionId)\}$/.test(operation.path);
    const writesItem = ["PATCH", "DELETE"].includes(operation.method) && hasVersions;
    if (writesItem) expect(codes).toContain("version-conflict");
  });
});
