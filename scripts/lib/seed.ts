import { operations } from "@daybook/core/api";
import { type Client, createClient, ProblemError } from "@daybook/core/contract/client";
import type { ProblemCode } from "@daybook/core/contract/problem";
import { problemType } from "@daybook/core/contract/problem";
import type { List } from "@daybook/core/list/list";
import * as z from "zod";
import type { DemoAccount } from "./demo.ts";
import { type DemoTodo, demoLists, demoName } from "./demo-lists.ts";
import { Advice } from "./terminal.ts";

/** Where the cloud that gets the demo account listens. */
export interface SeedTarget {
  readonly url: string;
  readonly mailUrl: string;
}

/** How much was not there before. */
export interface Seeded {
  readonly lists: number;
  readonly todos: number;
}

const Mails = z.array(z.object({ messageId: z.string(), code: z.string().optional() }));

const isProblem = (error: unknown, code: ProblemCode) =>
  error instanceof ProblemError && error.problem.type === problemType(code);

/**
 * Signs the demo account up where it is missing, and adds what is missing of its lists and todos: a second run adds nothing. It is
 * done as a person would, by the public API and the code in the mailbox.
 * @throws Advice when the address is somebody else's
 */
export async function seed({ url, mailUrl }: SeedTarget, account: DemoAccount): Promise<Seeded> {
  const accessToken = await signIn(createClient(operations, { baseUrl: url }), mailUrl, account);
  const client = createClient(operations, { baseUrl: url, accessToken: async () => accessToken });
  const { data: me } = await client.getMe();
  if (me.name === null) await client.updateMe({ body: { name: demoName } });

  const known = await all((cursor) => client.listLists({ query: { cursor } }));
  let [lists, todos] = [0, 0];
  for (const [name, wanted] of Object.entries(demoLists)) {
    const list = known.find((each) => each.name === name) ?? (await client.createList({ body: { name } })).data;
    if (!known.includes(list)) lists += 1;
    todos += await fill(client, list, wanted);
  }
  return { lists, todos };
}

/** @returns how many todos were missing */
async function fill(client: Client, { id: listId }: List, wanted: readonly DemoTodo[]): Promise<number> {
  const present = await all((cursor) => client.listTodos({ params: { listId }, query: { cursor } }));
  const titles = new Set(present.map(({ title }) => title));
  const missing = wanted.filter(({ title }) => !titles.has(title));
  // One after the other: each goes to the end of its list.
  for (const { dueInDays, ...todo } of missing) {
    const dueDate = dueInDays === undefined ? null : dayFromNow(dueInDays);
    await client.createTodo({ params: { listId }, body: { ...todo, dueDate } });
  }
  return missing.length;
}

/** The day in the machine's own calendar, as `2026-11-21`. */
function dayFromNow(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  const [month, date] = [day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${day.getFullYear()}-${month}-${date}`;
}

/** All pages of a collection. */
async function all<Item>(
  page: (cursor?: string) => Promise<{ data: readonly Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const { data, next } = await page(cursor);
    items.push(...data);
    cursor = next;
  } while (cursor !== undefined);
  return items;
}

/** @returns an access token; an account that is missing or unconfirmed is completed first */
async function signIn(client: Client, mailUrl: string, account: DemoAccount): Promise<string> {
  const before = await mailsTo(mailUrl, account.email);
  try {
    return (await client.createSession({ body: account })).data.accessToken;
  } catch (error) {
    if (isProblem(error, "account-unconfirmed")) await client.resendConfirmation({ body: { email: account.email } });
    else if (isProblem(error, "credentials-invalid")) await client.signUp({ body: account });
    else throw error;
  }
  const old = new Set(before.map(({ messageId }) => messageId));
  const mails = await mailsTo(mailUrl, account.email);
  const code = mails.find((mail) => mail.code !== undefined && !old.has(mail.messageId))?.code;
  const confirmed = await client.confirmAccount({ body: { email: account.email, code: code ?? "000000" } }).then(
    () => true,
    (error: unknown) => {
      if (isProblem(error, "confirmation-code-invalid")) return false;
      throw error;
    },
  );
  if (!confirmed) {
    throw new Advice(
      `${account.email} has an account with another password.`,
      "Set it back with “Forgot your password?”, or delete that account, and run this again.",
    );
  }
  return (await client.createSession({ body: account })).data.accessToken;
}

async function mailsTo(mailUrl: string, email: string) {
  const response = await fetch(`${mailUrl}/mails?to=${encodeURIComponent(email)}`);
  return Mails.parse(await response.json());
}
