import { operations } from "@daybook/core/api";
import type { JsonSchema } from "@daybook/core/contract/openapi.schema";
import { describe, expect, it } from "vitest";
import { curlOf } from "./curl.ts";
import { groups, operationWith, schemas } from "./reference.ts";
import { membersOf, rulesOf, typeOf } from "./schema-words.ts";

describe("the API reference", () => {
  it("lists every operation once, under its feature", () => {
    const ids = groups.flatMap((group) => group.operations.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted());
    expect(groups.find(({ name }) => name === "todo")?.operations.map(({ id }) => id)).toContain("createTodo");
  });

  it("shows callers, parameters, request, responses and problems", () => {
    expect(operationWith("createTodo")).toMatchObject({
      caller: expect.stringContaining("access token"),
      parameters: [{ name: "listId", in: "path" }, { name: "Idempotency-Key" }],
      request: { mediaTypes: ["application/json"], example: { title: "Buy milk" } },
      answers: [{ status: "201", body: { example: { title: "Buy milk" } } }],
      problems: expect.arrayContaining([{ status: "404", codes: ["list-not-found"] }]),
    });
    expect(operationWith("refreshSession")?.caller).toContain("session cookie");
    expect(operationWith("getHealth")?.caller).toBe("Anyone");
  });

  it("lists the named schemas with their members", () => {
    const [, todo] = schemas.find(([name]) => name === "Todo") ?? [];
    expect(todo && membersOf(todo).map(({ name }) => name)).toContain("dueDate");
  });
});

describe("the description of a schema", () => {
  it.each<[JsonSchema, string]>([
    [{ type: "string", format: "date-time" }, "date-time"],
    [{ anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, "date or null"],
    [{ enum: ["none", "low"] }, '"none" | "low"'],
    [{ const: "true" }, '"true"'],
    [{ type: "array", items: { $ref: "#/components/schemas/Todo" } }, "array of [Todo](#schema-Todo)"],
    [{}, "anything"],
  ])("describes the type of %j as %s", (schema, words) => expect(typeOf(schema)).toBe(words));

  it.each<[JsonSchema, string[]]>([
    [{ type: "string", minLength: 1, maxLength: 10_000 }, ["1 to 10,000 characters"]],
    [{ type: "string", minLength: 0, maxLength: 500 }, ["at most 500 characters"]],
    [{ type: "integer", minimum: 1, maximum: 100, default: 100 }, ["1 to 100", "100 by default"]],
    [{ type: "number", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, []],
    [{ type: "array", maxItems: 20 }, ["at most 20 items"]],
  ])("describes the rules of %j as %j", (schema, rules) => expect(rulesOf(schema)).toEqual(rules));

  it("names the members of nested objects by their path", () => {
    const inner: JsonSchema = { type: "object", properties: { pointer: { type: "string" } }, required: ["pointer"] };
    const outer: JsonSchema = { properties: { errors: { type: "array", items: inner }, detail: { type: "string" } } };
    expect(membersOf(outer).map(({ name, required }) => [name, required])).toEqual([
      ["errors", false],
      ["errors[].pointer", true],
      ["detail", false],
    ]);
  });
});

describe("the curl command", () => {
  it("uses variables for the ids in the path and for the token", () => {
    const command = curlOf({ method: "DELETE", path: "/v1/lists/{listId}/todos/{todoId}", access: "user" });
    expect(command).toBe(
      'curl -X DELETE "$DAYBOOK_URL/v1/lists/$LIST_ID/todos/$TODO_ID" \\\n  -H "authorization: Bearer $TOKEN"',
    );
  });

  it("quotes the body for the shell", () => {
    const body = { mediaTypes: ["application/json"], example: { title: "Ada's $HOME" } };
    expect(curlOf({ method: "POST", path: "/v1/lists", access: "public" }, body)).toContain(
      `-d '{"title":"Ada'\\''s $HOME"}'`,
    );
  });
});
