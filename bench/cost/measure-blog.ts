import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { becomeAuthor, comment, readPost, removePost, type UploadCover, writePost } from "./blog.ts";
import type { Person } from "./day.ts";
import { type Observed, usedBy } from "./observe.ts";
import type { Measured } from "./usage.ts";

/** Milliseconds. Longer than any pause between two steps that follow from a post or a comment. */
const quietMs = 12_000;
/** Milliseconds after which the edge asks the site for a page again. */
const edgeMs = 3000;

/**
 * Measures a post, a reader and a comment. Each is done once before, so that functions are warm and pages are
 * generated.
 */
export async function measureBlog(
  { soFar, browser, settle }: Observed,
  url: string,
  [author, reader]: readonly [Person, Person],
  uploadCover: UploadCover,
): Promise<Pick<Measured, "post" | "reading" | "comment" | "removal">> {
  await becomeAuthor(author, `ada-${randomUUID().slice(0, 8)}`);
  const first = await writePost(author, uploadCover);
  await comment(reader, first);
  // Cleanup jobs are delayed by 15 seconds.
  await settle(20_000);
  let published = first;
  const post = await usedBy(soFar, async () => {
    published = await writePost(author, uploadCover);
    await settle(quietMs);
  });
  await readPost(url, published, browser);
  await setTimeout(edgeMs);
  return {
    post,
    reading: await usedBy(soFar, () => readPost(url, published, browser)),
    comment: await usedBy(soFar, async () => {
      await comment(reader, published);
      await settle(quietMs);
    }),
    removal: await usedBy(soFar, async () => {
      await removePost(author, published);
      await settle(quietMs);
    }),
  };
}
