import { randomUUID } from "node:crypto";
import type { Comment } from "@daybook/core/comment/comment";
import type { Post } from "@daybook/core/post/post";
import { expect, vi } from "vitest";
import { type CloudEnv, newUser, succeed, type TestUser } from "./fixtures.ts";

/** Somebody who has said how they want to be called. */
export interface NamedUser extends TestUser {
  readonly name: string;
}

/** A fresh person with a name. */
export async function newReader(env: CloudEnv, name = "Rosa"): Promise<NamedUser> {
  const user = await newUser(env);
  await succeed(env, "updateMe", { token: user.token, body: { name } });
  return { ...user, name };
}

/** A fresh person with a name and a handle of their own. */
export async function newAuthor(env: CloudEnv, name = "Maya"): Promise<NamedUser & { readonly handle: string }> {
  const user = await newUser(env);
  const handle = `maya-${randomUUID().slice(0, 12)}`;
  await succeed(env, "updateMe", { token: user.token, body: { name, handle } });
  return { ...user, name, handle };
}

/** A new post that readers see. */
export async function publishedPost(
  env: CloudEnv,
  { token }: Pick<TestUser, "token">,
  body: Readonly<Record<string, unknown>> = {},
): Promise<Post> {
  const draft = { title: "A table for everything", body: "One table.", comments: "open", ...body };
  const { body: post } = await succeed(env, "createPost", { token, body: draft });
  return (await succeed(env, "publishPost", { token, params: { postId: post.id }, body: {} })).body;
}

/** A new comment on a post. */
export async function newComment(
  env: CloudEnv,
  { token }: Pick<TestUser, "token">,
  postId: string,
  body: Readonly<Record<string, unknown>> = { body: "This helped." },
): Promise<Comment> {
  return (await succeed(env, "createComment", { token, params: { postId }, body })).body;
}

/** What readers see of a post's comments, once it is this: the edge keeps an answer for a second. */
export const untilShown = (env: CloudEnv, postId: string, expected: unknown) =>
  vi.waitFor(async () => expect((await succeed(env, "listComments", { params: { postId } })).body).toEqual(expected), {
    timeout: 10_000,
    interval: 200,
  });
