import type { ProblemCode } from "@daybook/core/contract/problem";
import { beforeAll, describe, inject, it } from "vitest";
import { allOperations, exampleBodyOf } from "../contract-operations.ts";
import { expectProblem, newUser, password, send, succeed, type TestUser } from "../fixtures.ts";

const cloud = inject("cloud");

/** The operations that declare a problem, by id. */
const declaring = (code: ProblemCode, ...except: readonly string[]) =>
  allOperations
    .filter(({ id, problems = [] }) => problems.includes(code) && !except.includes(id))
    .map((operation) => [operation.id, operation] as const);

describe.each(declaring("origin-forbidden"))("%s", (id, operation) => {
  it("refuses cross-origin requests", async () => {
    const headers = { origin: "https://evil.example" };
    expectProblem(await send(cloud, id, { body: exampleBodyOf(operation), headers }), "origin-forbidden");
  });
});

describe("with the token of a deleted account", () => {
  let gone: TestUser;
  beforeAll(async () => {
    gone = await newUser(cloud);
    await succeed(cloud, "deleteMe", { token: gone.token, body: { password } });
  });

  // To delete an account is idempotent.
  it.each(declaring("user-not-found", "deleteMe"))("%s returns 404", async (id, operation) => {
    const body = operation.method === "PATCH" ? { name: "Ada" } : exampleBodyOf(operation);
    expectProblem(await send(cloud, id, { token: gone.token, body }), "user-not-found");
  });
});
