import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Handle } from "../author/author.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";

import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { type StoredPicture, toPictureAttribute } from "../db/picture-attribute.ts";
import { table } from "../db/table.ts";
import { ListEntryItem, PublishedPostItem } from "./published-post.repository.ts";

/** The fields of an author that published posts and list entries copy. */
export interface SyncedAuthor {
  readonly handle: Handle;
  readonly name: string;
  readonly bio: string;
  readonly avatar: StoredPicture | null;
}

const pageSize = 25;
const postsAtOnce = 4;

/**
 * Copies an author's profile to all of their published posts and list entries. Keeps the versions of the posts.
 * Idempotent.
 *
 * @param hasTime checked after each page of posts
 * @param after where the previous run stopped: a sort key in the list of the author's posts
 * @returns where this run stopped, if time ran out; else undefined
 */
export async function syncAuthor(
  author: SyncedAuthor,
  hasTime: () => boolean,
  after?: string,
): Promise<string | undefined> {
  const partition = authorPartition(author.handle);
  let start = after === undefined ? undefined : { pk: partition, sk: after };
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(ListEntryItem)
      .query({ partition })
      .options({
        consistent: true,
        entityAttrFilter: false,
        limit: pageSize,
        ...(start && { exclusiveStartKey: start }),
      })
      .send();
    await inParallel(Items, postsAtOnce, (entry) => syncPost(author, entry));
    start = LastEvaluatedKey && { pk: partition, sk: String(LastEvaluatedKey.sk) };
  } while (start && hasTime());
  return start?.sk;
}

interface Entry {
  readonly postId: string;
  readonly slug: string;
  readonly publishedAt: string;
  readonly tags: readonly string[];
}

async function syncPost({ bio, handle, name, avatar }: SyncedAuthor, { postId, slug, publishedAt, tags }: Entry) {
  const entryAuthor = { handle, name, ...(avatar && { avatar: toPictureAttribute(avatar) }) };
  const lists = [everythingPartition, authorPartition(handle), monthPartition(publishedAt.slice(0, 7))];
  await Promise.all([
    ifExists(() =>
      PublishedPostItem.build(UpdateAttributesCommand)
        .item({ handle, slug, author: { ...entryAuthor, bio } })
        .options({
          condition: {
            and: [
              { attr: "postId", eq: postId },
              // A redirect has no author.
              { attr: "title", exists: true },
            ],
          },
        })
        .send(),
    ),
    ...[...lists, ...tags.map(tagPartition)].map((list) =>
      ifExists(() =>
        ListEntryItem.build(UpdateAttributesCommand)
          .item({ list, publishedAt, postId, author: entryAuthor })
          .options({ condition: { attr: "title", exists: true } })
          .send(),
      ),
    ),
  ]);
}

/** Ignores a post or entry that was removed in the meantime. */
async function ifExists(write: () => Promise<unknown>): Promise<void> {
  try {
    await retryTransactionConflicts(write);
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}
