import { type OperationId, operations } from "@daybook/core/api";
import type { Operation } from "@daybook/core/contract/operation";
import { problemType } from "@daybook/core/contract/problem";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { type Call, newTodo, newUser, send, type TestUser } from "../fixtures.ts";

const cloud = inject("cloud");

// Object.keys forgets that the keys of `operations` are its ids.
const all = (Object.keys(operations) as OperationId[]).map((id): Operation<Operation, OperationId> => operations[id]);
const privateOperations = all.filter((operation) => operation.access === "user");

/** A body that the operation would accept. A new operation with a body must say one here before this suite passes. */
const bodies: Partial<Record<OperationId, unknown>> = {
  createTodo: { title: "Not mine" },
  updateTodo: { title: "Not mine" },
};

let victim: TestUser;
let attacker: TestUser;
/** Ids of the victim and of the attacker, by the names that path parameters have. */
let theirs: Record<string, string>;
let own: Record<string, string>;

beforeAll(async () => {
  [victim, attacker] = await Promise.all([newUser(cloud), newUser(cloud)]);
  const [secret, mine] = await Promise.all([newTodo(cloud, victim), newTodo(cloud, attacker)]);
  theirs = { listId: victim.inbox.id, todoId: secret.id };
  own = { listId: attacker.inbox.id, todoId: mine.id };
});

describe.each(privateOperations.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
  const names = Object.keys(operation.params?.shape ?? {});
  const request = (params: Record<string, string>): Call => ({ params, ...(operation.body && { body: bodies[id] }) });

  it("is refused without a token, and with one that is not ours", async () => {
    const [, payload = ""] = victim.token.split(".");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    const altered = `${victim.token.slice(0, -4)}${victim.token.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
    for (const token of [undefined, "", "x", unsigned, altered]) {
      expect((await send(cloud, id, { ...request(theirs), token })).status).toBe(401);
    }
  });

  it.each(names)("answers 404 for another user's %s", async (name) => {
    expect(theirs).toHaveProperty(name);
    const answer = await send(cloud, id, { ...request({ ...own, [name]: theirs[name] ?? "" }), token: attacker.token });
    expect([answer.status, answer.body]).toEqual([
      404,
      expect.objectContaining({ type: expect.stringMatching(/-not-found$/) }),
    ]);
    expect(answer.body).not.toMatchObject({ type: problemType("route-not-found") });
  });
});
