import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { isConditionCheckFailed } from "dynamodb-toolbox/entity/actions/updateAttributes";
import * as z from "zod";
import type { Handle } from "../author/author.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";

import { publishedPostKey } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { table } from "../db/table.ts";
import { PostId } from "../ids.ts";
import type { Slug } from "./published-post.ts";

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
  const { Item } = await table.getDocumentClient().send(
    new GetCommand({
      TableName: table.getName(),
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
  { postId, handle, slug }: PublishedPostAddress,
  comments: number,
  { mark, before }: { readonly mark: string; readonly before: string | undefined },
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.getName(),
    Key: publishedPostKey(handle, slug),
    UpdateExpression: "SET commentCount = :comments, counted = :mark",
    ConditionExpression: `entity = :page AND postId = :postId AND ${before === undefined ? "attribute_not_exists(counted)" : "counted = :before"}`,
    ExpressionAttributeValues: {
      ...{ ":comments": comments, ":mark": mark, ":page": "page", ":postId": postId },
      ...(before !== undefined && { ":before": before }),
    },
  });
  try {
    await retryTransactionConflicts(() => table.getDocumentClient().send(command));
  } catch (error) {
    throw isConditionCheckFailed(error) ? new OptimisticLockError({ cause: error }) : error;
  }
}
