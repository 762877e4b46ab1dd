import { setTimeout } from "node:timers/promises";
import { operations } from "@daybook/core/api";
import { type Client, createClient } from "@daybook/core/client";
import type { Person } from "./fixtures.ts";

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
