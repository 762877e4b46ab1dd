import { randomUUID } from "node:crypto";
import type { Comment } from "@daybook/core/comment/comment";
import type { Post } from "@daybook/core/post/post";
import { expect, vi } from "vitest";
import { type CloudEnv, newUser, succeed, type TestUser } from "./fixtures.ts";

/** A user who has set a name. */
export interface NamedUser extends TestUser {
  readonly name: string;
}

/** Creates a user with a name. */
export async function newReader(env: CloudEnv, name = "Rosa"): Promise<NamedUser> {
  const user = await newUser(env);
  await succeed(env, "updateMe", { token: user.token, body: { name } });
  return { ...user, name };
}

/** Creates a user with a name and a unique handle. */
export async function newAuthor(env: CloudEnv, name = "Maya"): Promise<NamedUser & { readonly handle: string }> {
  const user = await newUser(env);
  return { ...user, name, handle: await becomeAuthor(env, user, name) };
}

/** Gives a user a name and a unique handle. @returns the handle */
export async function becomeAuthor(env: CloudEnv, { token }: TestUser, name = "Maya"): Promise<string> {
  const handle = `maya-${randomUUID().slice(0, 12)}`;
  await succeed(env, "updateMe", { token, body: { name, handle } });
  return handle;
}

/** Creates a published post. */
export async function publishedPost(
  env: CloudEnv,
  { token }: Pick<TestUser, "token">,
  body: Readonly<Record<string, unknown>> = {},
): Promise<Post> {
  const draft = { title: "A table for everything", body: "One table.", comments: "open", ...body };
  const { body: post } = await succeed(env, "createPost", { token, body: draft });
  return (await succeed(env, "publishPost", { token, params: { postId: post.id }, body: {} })).body;
}

/** Creates a comment on a post. */
export async function newComment(
  env: CloudEnv,
  { token }: Pick<TestUser, "token">,
  postId: string,
  body: Readonly<Record<string, unknown>> = { body: "This helped." },
): Promise<Comment> {
  return (await succeed(env, "createComment", { token, params: { postId }, body })).body;
}

/** Waits until readers see these comments of a post. The edge caches a response for one second. */
export const untilShown = (env: CloudEnv, postId: string, expected: unknown) =>
  vi.waitFor(async () => expect((await succeed(env, "listComments", { params: { postId } })).body).toEqual(expected), {
    timeout: 10_000,
    interval: 200,
  });
