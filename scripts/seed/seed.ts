import { demoAccount } from "../lib/demo.ts";
import { seedBlog } from "./blog.ts";
import { seedLists } from "./lists.ts";
import { clientOf, type SeedTarget } from "./sign-in.ts";

/** How much was not there before. */
export interface Seeded {
  readonly lists: number;
  readonly todos: number;
  readonly posts: number;
  readonly comments: number;
}

/** Does a piece of work that has a name. */
export type Step = <Result>(title: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Signs the demo accounts up where they are missing, and adds what is missing of what they have: a second run adds nothing. It is
 * done as people would, by the public API and the codes in the mailbox.
 * @throws Advice when an address or a handle is somebody else's
 */
export async function seed(target: SeedTarget, step: Step = (_, work) => work()): Promise<Seeded> {
  const maya = await step("Signing the demo account in", () => clientOf(target, demoAccount));
  const lists = await step("Lists and todos", () => seedLists(maya));
  return { ...lists, ...(await seedBlog(target, maya, step)) };
}
