import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeFor, mailTo, send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(() => cloud.remove());

const password = "correct horse battery staple";

async function join(email: string): Promise<string> {
  await succeed(cloud.env, "signUp", { body: { email, password } });
  const code = await codeFor(cloud.env, email);
  await send(cloud.env, "confirmAccount", { body: { email, code, password } });
  const session = await succeed(cloud.env, "createSession", { body: { email, password } });
  await cloud.streams.drained();
  return session.body.accessToken;
}

const welcomes = async (email: string) =>
  (await mailTo(cloud.env, email)).filter(({ subject }) => /welcome/i.test(subject)).length;

/** Returns the number of suppressed addresses. */
async function suppressed(): Promise<number> {
  const TableName = cloud.graph.all("aws:dynamodb:Table").find(({ name }) => name === "TableTable")?.id;
  const { Items = [] }: { Items?: Record<string, { S?: string }>[] } = await cloud.dynamo.engine.call("Scan", {
    TableName,
  });
  return Items.filter(({ entity }) => entity?.S === "suppressed-address").length;
}

describe.each(["bounce", "complaint"])("a %s", (outcome) => {
  it("stops all further email to the address, even for a new account", async () => {
    const email = `${outcome}+${randomUUID()}@simulator.amazonses.com`;
    const before = await suppressed();
    const token = await join(email);
    expect(await welcomes(email)).toBe(1);
    await expect.poll(suppressed, { timeout: 20_000 }).toBe(before + 1);
    await succeed(cloud.env, "deleteMe", { token, body: { password } });
    await join(email);
    expect(await welcomes(email)).toBe(1);
  });
});
