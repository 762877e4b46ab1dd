import { features, operations } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, inject, it } from "vitest";
import { send, succeed, variable } from "../fixtures.ts";

const cloud = inject("cloud");

describe("GET /v1/openapi.json", () => {
  it("returns the contract as valid OpenAPI 3.1 with the deployment's origin", async () => {
    const { body } = await succeed(cloud, "getOpenApi");
    expect(await new Validator().validate(structuredClone(body))).toEqual({ valid: true });
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument(features, variable(cloud, "DAYBOOK_URL")))));
    expect(JSON.stringify(body).match(/"operationId"/g)).toHaveLength(Object.keys(operations).length);
  });

  it("is public, cached at the edge, and supports 304", async () => {
    const { headers } = await succeed(cloud, "getOpenApi");
    expect(headers.get("cache-control")).toMatch(/^public, .*s-maxage=\d+/);
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await send(cloud, "getOpenApi", { headers: known })).status).toBe(304);
  });
});
