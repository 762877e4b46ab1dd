import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { isConditionCheckFailed } from "dynamodb-toolbox/entity/actions/updateAttributes";
import * as z from "zod";
import type { Handle } from "../author/author.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { pageKey } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { table } from "../db/table.ts";
import { PostId } from "../ids.ts";
import type { Slug } from "./post.ts";

/** Where the page of a post is. */
export interface PageAddress {
  readonly postId: PostId;
  readonly handle: Handle;
  readonly slug: Slug;
}

const Counted = z.object({ postId: PostId, entity: z.literal("page"), counted: z.string().optional() });

/**
 * Which count the page of a post has: a mark that is another one after each. None while it was not counted since it was published last. One
 * consistent round trip.
 *
 * @throws OptimisticLockError when the page is not there any more
 */
export async function findCountMark({ postId, handle, slug }: PageAddress): Promise<string | undefined> {
  const { Item } = await table.getDocumentClient().send(
    new GetCommand({
      TableName: table.getName(),
      Key: pageKey(handle, slug),
      ProjectionExpression: "postId, entity, counted",
      ConsistentRead: true,
    }),
  );
  const found = Counted.safeParse(Item);
  if (!found.success || found.data.postId !== postId) throw new OptimisticLockError();
  return found.data.counted;
}

/**
 * Stores how many comments readers see, and leaves the page's version as it is; one round trip.
 *
 * @param mark that of the count
 * @param before that of the count which it follows
 * @throws OptimisticLockError when somebody else has counted since, or the page is not there any more
 */
export async function saveCount(
  { postId, handle, slug }: PageAddress,
  comments: number,
  { mark, before }: { readonly mark: string; readonly before: string | undefined },
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.getName(),
    Key: pageKey(handle, slug),
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
