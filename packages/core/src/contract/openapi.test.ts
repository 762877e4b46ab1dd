import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { features, operations } from "../api.ts";
import { openApiDocument } from "./openapi.ts";
import type { Operation } from "./operation.ts";
import { ProblemDetails } from "./problem-details.ts";

const document = openApiDocument(features, "https://daybook.test");

const all: readonly Operation[] = Object.values(operations);

const Content = z.record(
  z.string(),
  z.object({
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  }),
);

/** The parts of an operation's description that contain examples. */
const DescribedOperation = z.object({
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("is deterministic", () => {
    expect(JSON.stringify(openApiDocument(features, "https://daybook.test"))).toBe(JSON.stringify(document));
  });

  it("has every operation under its path and method, with its security", () => {
    for (const { id, path, method, access } of Object.values(operations)) {
      const described = document.paths[path]?.[method.toLowerCase()];
      const security = { public: [], session: [{ session: [] }], user: [{ accessToken: [] }] }[access];
      expect(described).toMatchObject({ operationId: id, security });
    }
  });

  it("defines the schemas that it references", () => {
    const { schemas } = document.components;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(["List", "Problem", "Session", "Todo", "TodoCreate", "TodoUpdate", "User"]),
    );
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference);
    const known = Object.keys(schemas).map((name) => `#/components/schemas/${name}`);
    expect(known).toEqual(expect.arrayContaining([...new Set(references)]));
  });

  it("describes pages, versions and problems", () => {
    expect(document.paths["/v1/lists/{listId}/todos"]?.get).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: "limit", in: "query", required: false }),
        expect.objectContaining({ name: "If-None-Match", in: "header" }),
      ]),
      responses: {
        200: { headers: { ETag: {}, Link: {} } },
        304: {},
        404: { content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
      },
    });
    expect(document.paths["/v1/lists/{listId}/todos/{todoId}"]?.patch).toMatchObject({
      parameters: expect.arrayContaining([expect.objectContaining({ name: "If-Match" })]),
      requestBody: { content: { "application/merge-patch+json": {} } },
      responses: { 412: {} },
    });
  });
});

describe("the examples", () => {
  it("exist for each schema", () => {
    for (const schema of Object.values(document.components.schemas))
      expect(schema.examples).toEqual([expect.anything()]);
  });

  it.each(all.map((operation) => [operation.id, operation] as const))(
    "of %s match the contract",
    (_id, { path, method, body, response }) => {
      const described = DescribedOperation.parse(document.paths[path]?.[method.toLowerCase()]);
      if (body) {
        for (const { example } of Object.values(described.requestBody?.content ?? {})) body.parse(example);
        expect(described.requestBody).toBeDefined();
      }
      const answer = described.responses[response.status]?.content?.["application/json"]?.example;
      if (response.body) response.body.parse(answer);
      else expect(answer).toBeUndefined();
      for (const { content } of Object.values(described.responses)) {
        const { examples = {} } = content?.["application/problem+json"] ?? {};
        for (const { value } of Object.values(examples)) ProblemDetails.parse(value);
      }
    },
  );
});

describe("an operation that creates something", () => {
  it("accepts an Idempotency-Key and describes its responses", () => {
    expect(document.paths["/v1/lists/{listId}/todos"]?.post).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: "Idempotency-Key", in: "header", required: false }),
      ]),
      responses: {
        201: { headers: { ETag: {}, Location: {} } },
        409: { headers: { "Retry-After": {} } },
        422: { description: expect.stringContaining("idempotency-key-reused") },
      },
    });
  });
});
