import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Handle } from "../author/author.ts";
import { entity } from "../db/entity.ts";
import { publishedPostKey } from "../db/keys.blog.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { documents, tableName } from "../db/table.ts";
import { writeIf } from "../db/write.ts";
import { PostId } from "../ids.ts";
import { Slug } from "./published-post.ts";

/** The fields of a published post that publishing does not write. */
const counts = entity({
  name: "page",
  schema: z.object({
    handle: Handle,
    slug: Slug,
    postId: PostId,
    commentCount: z.int(),
    /** Changes with every count. Missing if the comments were not counted since the post was last published. */
    counted: z.string().optional(),
  }),
  keyFields: ["handle", "slug"],
  keyOf: ({ handle, slug }) => publishedPostKey(handle, slug),
});

/** The address of a published post. */
export interface PublishedPostAddress {
  readonly postId: PostId;
  readonly handle: Handle;
  readonly slug: Slug;
}

const Counted = z.object({ postId: PostId, entity: z.literal("page"), counted: z.string().optional() });

/**
 * Returns the mark of the last comment count, which changes with every count. Undefined if the comments were not
 * counted since the post was last published. One consistent round trip.
 *
 * @throws OptimisticLockError when the post is no longer published at this address
 */
export async function findCountMark({ postId, handle, slug }: PublishedPostAddress): Promise<string | undefined> {
  const { Item } = await documents().send(
    new GetCommand({
      TableName: tableName(),
      Key: publishedPostKey(handle, slug),
      ProjectionExpression: "postId, entity, counted",
      ConsistentRead: true,
    }),
  );
  const found = Counted.safeParse(Item);
  if (!found.success || found.data.postId !== postId) throw new OptimisticLockError();
  return found.data.counted;
}

/**
 * Stores the number of visible comments in one round trip. Keeps the version of the published post.
 *
 * @param mark the mark of this count
 * @param before the mark of the previous count
 * @throws OptimisticLockError when another count was stored since, or the post is no longer published at this address
 */
export async function saveCount(
  { postId, ...address }: PublishedPostAddress,
  commentCount: number,
  { mark, before }: { readonly mark: string; readonly before: string | undefined },
): Promise<void> {
  const isSame = { entity: "page", postId, counted: before ?? { exists: false } };
  const isStored = await writeIf(counts.update(address, { commentCount, counted: mark }, isSame));
  if (!isStored) throw new OptimisticLockError();
}
