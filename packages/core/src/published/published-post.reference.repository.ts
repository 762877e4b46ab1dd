import { Handle } from "../author/author.ts";
import { batchGet } from "../db/batch.ts";
import { entity, type RecordOf } from "../db/entity.ts";
import { publishedPostReferenceKey } from "../db/keys.blog.ts";
import { PostId, UserId } from "../ids.ts";
import { PublishedPost } from "./published-post.ts";

/**
 * Maps a post id to the address of the published post, with the settings that a comment needs. The publishing
 * transaction writes it.
 */
export const references = entity({
  name: "publication",
  schema: PublishedPost.pick({ slug: true, title: true, comments: true, publishedAt: true }).extend({
    postId: PostId,
    authorId: UserId,
    handle: Handle,
  }),
  keyFields: ["postId"],
  keyOf: ({ postId }) => publishedPostReferenceKey(postId),
});

/** The address of a published post and its comment settings. */
export type PublishedPostReference = RecordOf<typeof references>;

/** Returns the reference of a post, or undefined if it is not published. One consistent round trip. */
export const findReference = (postId: PostId): Promise<PublishedPostReference | undefined> =>
  references.get({ postId });

/**
 * Returns the references of up to 100 posts by post id. Omits posts that are not published. One consistent round trip.
 */
export async function findReferences(postIds: readonly PostId[]): Promise<ReadonlyMap<PostId, PublishedPostReference>> {
  const items = await batchGet([...new Set(postIds)].map(publishedPostReferenceKey));
  const found = items.flatMap((item) => (item ? [references.read(item)] : []));
  return new Map(found.map((reference) => [reference.postId, reference]));
}
