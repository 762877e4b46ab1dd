import { demoAccount } from "../lib/demo.ts";
import { seedBlog } from "./blog.ts";
import { seedLists } from "./lists.ts";
import { clientOf, type SeedTarget } from "./sign-in.ts";

/** Numbers of added items. */
export interface Seeded {
  readonly lists: number;
  readonly todos: number;
  readonly posts: number; // #blog
  readonly comments: number; // #blog
}

/** Runs a piece of work with a title. */
export type Step = <Result>(title: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Signs up missing demo accounts and adds their missing content. Idempotent: a second run adds nothing. It uses the
 * public API and the codes in the mailbox, as users do.
 * @throws Advice if an address belongs to another account
 */
export async function seed(target: SeedTarget, step: Step = (_, work) => work()): Promise<Seeded> {
  const maya = await step("Signing the demo account in", () => clientOf(target, demoAccount));
  const lists = await step("Lists and todos", () => seedLists(maya));
  // #region blog
  return { ...lists, ...(await seedBlog(target, maya, step)) };
  // #else return lists;
  // #endregion blog
}
