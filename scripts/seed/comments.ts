import { Handle } from "@daybook/core/author/author";
import type { Client } from "@daybook/core/client";
import type { Comment } from "@daybook/core/comment/comment";
import type { CommentId, PostId } from "@daybook/core/ids";
import { Slug } from "@daybook/core/published/published-post";
import { allPages } from "./all-pages.ts";
import { type DemoComment, type DemoReader, demoComments, demoReaders } from "./demo-readers.ts";
import { clientOf, isProblem, type SeedTarget } from "./sign-in.ts";

type Writers = Readonly<Record<DemoComment["by"], Client>>;

/**
 * Adds missing comments of readers and replies of the author.
 * @returns how many were added
 */
export async function seedComments(target: SeedTarget, maya: Client, handle: string): Promise<number> {
  const writers = {
    maya,
    ines: await readerOf(target, demoReaders.ines),
    tom: await readerOf(target, demoReaders.tom),
  };
  const added: CommentId[] = [];
  for (const [slug, comments] of Object.entries(demoComments)) {
    const postId = await findPost(maya, handle, slug);
    if (postId !== undefined) added.push(...(await addMissing(writers, postId, comments)));
  }
  return added.length;
}

async function readerOf(target: SeedTarget, { name, ...account }: DemoReader): Promise<Client> {
  const reader = await clientOf(target, account);
  const { data: me } = await reader.getMe();
  if (me.name === null) await reader.updateMe({ body: { name } });
  return reader;
}

/** Returns undefined for a post that its author has unpublished. */
async function findPost(maya: Client, handle: string, slug: string): Promise<PostId | undefined> {
  const params = { handle: Handle.parse(handle), slug: Slug.parse(slug) };
  try {
    return (await maya.getPostBySlug({ params })).data.id;
  } catch (error) {
    if (isProblem(error, "post-not-found")) return undefined;
    throw error;
  }
}

/** Add in sequence, so that comments keep their order. */
async function addMissing(writers: Writers, postId: PostId, wanted: readonly DemoComment[]): Promise<CommentId[]> {
  const present = await allPages((cursor) => writers.maya.listComments({ params: { postId }, query: { cursor } }));
  const added: CommentId[] = [];
  const ensure = async ({ by, body }: Pick<DemoComment, "by" | "body">, parent?: Comment): Promise<Comment> => {
    const known = present.find((comment) => comment.body === body);
    if (known) return known;
    const reply = parent && { parentId: parent.id };
    const { data } = await writers[by].createComment({ params: { postId }, body: { body, ...reply } });
    added.push(data.id);
    return data;
  };
  for (const { replies = [], ...comment } of wanted) {
    const parent = await ensure(comment);
    for (const reply of replies) await ensure(reply, parent);
  }
  return added;
}
