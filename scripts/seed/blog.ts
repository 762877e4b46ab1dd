import { Handle } from "@daybook/core/author/author";
import type { Client } from "@daybook/core/client";
import { inParallel } from "@daybook/core/db/parallel";
import type { MediaId } from "@daybook/core/ids";
import type { PostEntry } from "@daybook/core/post/post";
import { Slug } from "@daybook/core/published/published-post";
import { Advice } from "../lib/terminal.ts";
import { allPages } from "./all-pages.ts";
import { seedComments } from "./comments.ts";
import { demoAuthor } from "./demo-readers.ts";
import { type PostFile, picturesOf, publishedBody, readPosts } from "./post-file.ts";
import type { Seeded, Step } from "./seed.ts";
import { isProblem, type SeedTarget } from "./sign-in.ts";
import { uploadPicture } from "./upload.ts";

/** Makes the demo account an author of posts about how Daybook is built, and adds readers' comments. */
export async function seedBlog(
  target: SeedTarget,
  maya: Client,
  step: Step,
): Promise<Pick<Seeded, "posts" | "comments">> {
  const handle = await becomeAuthor(maya);
  const known = await allPages((cursor) => maya.listMyPosts({ query: { cursor } }));
  const missing = (await readPosts()).filter(({ slug, draft }) => {
    const state = stateOf(known, slug);
    return draft ? state === undefined : state !== "published";
  });
  if (missing.length > 0) {
    const drafts = missing.filter(({ slug }) => stateOf(known, slug) === undefined);
    const pictures = [...new Set(drafts.flatMap(picturesOf))];
    const mediaIds = await step(`${pictures.length} pictures`, () => uploadAll(maya, pictures));
    await step(`${missing.length} posts`, async () => {
      // Publish in sequence, so that the newest post is the last.
      for (const post of missing)
        await publish(maya, { ...post, body: publishedBody(post, handle, mediaIds) }, known, mediaIds);
    });
  }
  const comments = await step("Comments", () => seedComments(target, maya, handle));
  return { posts: missing.length, comments };
}

const find = (posts: readonly PostEntry[], slug: string) => posts.find((post) => post.slug === slug);
const stateOf = (posts: readonly PostEntry[], slug: string) => find(posts, slug)?.state;

/** @returns the handle, which the user may have changed */
async function becomeAuthor(maya: Client): Promise<string> {
  const { data: me } = await maya.getMe();
  if (me.handle !== null) return me.handle;
  const avatarId = await uploadPicture(maya, demoAuthor.avatar);
  const body = { handle: Handle.parse(demoAuthor.handle), bio: me.bio || demoAuthor.bio, avatarId };
  try {
    await maya.updateMe({ body });
  } catch (error) {
    if (!isProblem(error, "handle-taken")) throw error;
    throw new Advice(
      `Another account has the handle ${demoAuthor.handle}.`,
      `Sign in as ${me.email}, choose another handle on the account page, then run this again.`,
    );
  }
  return demoAuthor.handle;
}

/** Number of parallel uploads, limited because the same machine also runs the cloud. */
const uploadsAtOnce = 4;

async function uploadAll(maya: Client, files: readonly string[]): Promise<Map<string, MediaId>> {
  const ids = new Map<string, MediaId>();
  await inParallel(files, uploadsAtOnce, async (file) => {
    ids.set(file, await uploadPicture(maya, file));
  });
  return ids;
}

/** Publishes a post. A draft from an earlier run is published unchanged. */
async function publish(
  maya: Client,
  { slug, title, excerpt, tags, cover, coverAlt, body, draft }: PostFile,
  known: readonly PostEntry[],
  mediaIds: ReadonlyMap<string, MediaId>,
): Promise<void> {
  const { id: postId } =
    find(known, slug) ??
    (
      await maya.createPost({
        body: { title, body, excerpt, tags, slug: Slug.parse(slug), coverId: mediaIds.get(cover) ?? null, coverAlt },
      })
    ).data;
  if (!draft) await maya.publishPost({ params: { postId }, body: {} });
}
