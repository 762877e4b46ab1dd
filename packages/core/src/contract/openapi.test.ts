import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { features, operations } from "../api.ts";
import { openApiDocument } from "./openapi.ts";

const document = openApiDocument(features, "https://daybook.test");

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("is the same each time", () => {
    expect(JSON.stringify(openApiDocument(features, "https://daybook.test"))).toBe(JSON.stringify(document));
  });

  it("has every operation at its place, with its security", () => {
    for (const { id, path, method, access } of Object.values(operations)) {
      const described = document.paths[path]?.[method.toLowerCase()];
      const security = { public: [], session: [{ session: [] }], user: [{ accessToken: [] }] }[access];
      expect(described).toMatchObject({ operationId: id, security });
    }
  });

  it("names what it uses more than once", () => {
    const { schemas } = document.components;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(["List", "Problem", "Session", "Todo", "TodoCreate", "TodoUpdate", "User"]),
    );
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference);
    const known = Object.keys(schemas).map((name) => `#/components/schemas/${name}`);
    expect(known).toEqual(expect.arrayContaining([...new Set(references)]));
  });

  it("tells of pages, versions and problems", () => {
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
