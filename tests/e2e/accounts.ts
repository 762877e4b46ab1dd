import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { operations } from "@daybook/core/api";
import { type Client, createClient } from "@daybook/core/client";
import type { Person } from "./fixtures.ts";

const password = "correct horse battery staple";

export interface Cloud {
  readonly baseURL: string;
  readonly mailbox: string;
}

async function codeFor(mailbox: string, email: string): Promise<string> {
  const response = await fetch(`${mailbox}/store?to=${encodeURIComponent(email)}`);
  const { emails }: { emails: { body: { text?: string } }[] } = await response.json();
  return emails.flatMap(({ body }) => /\b\d{6}\b/.exec(body.text ?? "") ?? []).at(-1) ?? "";
}

/** Repeats a call until it returns a value, for at most 30 seconds. */
export async function until<Value>(call: () => Promise<Value | undefined>): Promise<Value> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await call();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error("It did not come about");
    await setTimeout(100);
  }
}

/** Creates and confirms an account. @returns a client that is not signed in */
export async function openAccount({ baseURL, mailbox }: Cloud, { email, password }: Person): Promise<Client> {
  const visitor = createClient(operations, { baseUrl: baseURL });
  await visitor.signUp({ body: { email, password } });
  const code = await until(async () => (await codeFor(mailbox, email)) || undefined);
  await visitor.confirmAccount({ body: { email, code, password } });
  return visitor;
}

/** Creates a user with a name. @returns the credentials, and a client that is signed in */
export async function newAccount(cloud: Cloud, name = "Rosa Quist"): Promise<Person & { api: Client }> {
  const email = `reader-${randomUUID()}@example.com`;
  const visitor = await openAccount(cloud, { email, password });
  const { accessToken } = (await visitor.createSession({ body: { email, password } })).data;
  const api = createClient(operations, { baseUrl: cloud.baseURL, accessToken: async () => accessToken });
  await api.updateMe({ body: { name } });
  return { email, password, api };
}
