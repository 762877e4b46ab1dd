import * as authors from "../author/author.service.ts";
import { removeAll, signComments } from "../comment/comment.clean-up.ts";
import type { BlogEvent } from "../events.blog.ts";
import { syncAuthor } from "../published/published-post.service.ts";
import { removeUnused } from "./unused-media.ts";

type Deleted = Extract<BlogEvent, { type: "post.deleted" }>;
type Changed = Extract<BlogEvent, { type: "author.changed" }>;

/** Does the background work of an event of the blog, like `cleanUp`. */
export async function cleanUpBlog(event: Deleted | Changed, hasTime: () => boolean): Promise<BlogEvent | undefined> {
  if (event.type === "author.changed") return copyProfile(event, hasTime);
  await removeUnused(event.authorId, event.mediaIds);
  return (await removeAll(event.postId, hasTime)) ? undefined : event;
}

/** Copies an author's profile to their published posts, and then to their comments. */
async function copyProfile(event: Changed, hasTime: () => boolean): Promise<Changed | undefined> {
  const author = await authors.find(event.handle);
  // A deleted author has no data to copy.
  if (!author) return undefined;
  if (event.commentsTo === undefined) {
    const postsTo = await syncAuthor(author, hasTime, event.postsTo);
    if (postsTo !== undefined) return { ...event, postsTo };
  }
  const commentsTo = await signComments({ ...author, id: author.userId }, hasTime, event.commentsTo);
  return commentsTo && { ...event, commentsTo };
}
