import { randomUUID } from "node:crypto";
import { Handle } from "../author/author.ts";
import type { Clock } from "../clock.ts";
import { newUser } from "../lifecycle/test-user.ts";
import type { TestContext } from "../test-context.ts";
import * as users from "../user/user.service.ts";
import type { PublishingContext } from "./post.publishing.ts";
import * as publishing from "./post.publishing.ts";
import type { WholePostRecord } from "./post.repository.ts";
import * as posts from "./post.service.ts";
import type { PostCreate } from "./post.ts";

export interface TestAuthor extends TestContext, PublishingContext {
  readonly handle: Handle;
}

/** Creates a user with a name and a handle. */
export async function newAuthor(clock: Clock): Promise<TestAuthor> {
  const author = { ...(await newUser({ clock })), ...publishedBy(clock) };
  const handle = Handle.parse(`maya-${randomUUID().slice(0, 8)}`);
  await users.update(author, { name: "Maya", handle });
  return { ...author, handle };
}

export async function newPost(author: TestContext, input: Partial<PostCreate> = {}): Promise<WholePostRecord> {
  return posts.create(author, { title: "A garden", body: "It grows.", ...input });
}

/** Returns publishing dependencies with a trivial renderer. */
export const publishedBy = (clock: Clock): PublishingContext => ({
  clock,
  renderPost: async ({ body }) => ({ html: `<p>${body}</p>`, feedHtml: `<p>${body}</p>`, headings: [] }),
});

export async function newPublished(author: TestAuthor, input: Partial<PostCreate> = {}): Promise<WholePostRecord> {
  const { id } = await newPost(author, input);
  return publishing.publish(author, id, {});
}
