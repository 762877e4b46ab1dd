import type { Client } from "@daybook/core/client";
import type { List } from "@daybook/core/list/list";
import { allPages } from "./all-pages.ts";
import { type DemoTodo, demoLists, demoName } from "./demo-lists.ts";

/** Numbers of added lists and todos. */
export interface SeededLists {
  readonly lists: number;
  readonly todos: number;
}

/** Adds the demo account's missing lists and todos. Idempotent: a second run adds nothing. */
export async function seedLists(client: Client): Promise<SeededLists> {
  const { data: me } = await client.getMe();
  if (me.name === null) await client.updateMe({ body: { name: demoName } });

  const known = await allPages((cursor) => client.listLists({ query: { cursor } }));
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
  const present = await allPages((cursor) => client.listTodos({ params: { listId }, query: { cursor } }));
  const titles = new Set(present.map(({ title }) => title));
  const missing = wanted.filter(({ title }) => !titles.has(title));
  // Add in sequence, because each todo goes to the end of its list.
  for (const { dueInDays, ...todo } of missing) {
    const dueDate = dueInDays === undefined ? null : dayFromNow(dueInDays);
    await client.createTodo({ params: { listId }, body: { ...todo, dueDate } });
  }
  return missing.length;
}

/** Returns a day in the machine's time zone, such as `2026-11-21`. */
function dayFromNow(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  const [month, date] = [day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${day.getFullYear()}-${month}-${date}`;
}
