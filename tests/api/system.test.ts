import { describe, expect, inject, it } from "vitest";
import { expectProblem, newUser, send, succeed, variable } from "../fixtures.ts";

const cloud = inject("cloud");
const base = variable(cloud, "DAYBOOK_URL");

describe("GET /v1/health", () => {
  it("reports that the API and the database work", async () => {
    const { body } = await succeed(cloud, "getHealth");
    expect(body).toEqual({ status: "ok", stage: "local" });
  });
});

describe("GET /v1/openapi.json", () => {
  it("describes the operations", async () => {
    const { body, headers } = await succeed(cloud, "getOpenApi");
    expect(body).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
      paths: { "/v1/lists/{listId}/todos": { post: { operationId: "createTodo" } } },
    });
    expect(headers.get("cache-control")).toMatch(/s-maxage=\d+/);
  });
});

describe("an unknown path", () => {
  it("returns a problem", async () => {
    const response = await fetch(new URL("/v1/nothing/here", base));
    const answer = { status: response.status, headers: response.headers, body: await response.json() };
    expectProblem(answer, "route-not-found");
  });
});

describe("an error response", () => {
  it("contains the same request id as the response header", async () => {
    const { token, inbox } = await newUser(cloud);
    const answer = await send(cloud, "createTodo", { token, params: { listId: inbox.id }, body: {} });
    const problem = expectProblem(answer, "validation-failed");
    expect(problem.instance).toContain(answer.headers.get("apigw-requestid"));
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});
