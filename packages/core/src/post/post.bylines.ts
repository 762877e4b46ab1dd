import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Handle } from "../author/author.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { table } from "../db/table.ts";
import { type StoredPicture, toAttribute } from "../media/media.picture.ts";
import { EntryItem, PageItem } from "./post.page.repository.ts";

/** What pages and lists say of an author. */
export interface Signature {
  readonly handle: Handle;
  readonly name: string;
  readonly bio: string;
  readonly avatar: StoredPicture | null;
}

const pageSize = 25;
const postsAtOnce = 4;

/**
 * Says anew on an author's published posts, and in all lists, who has written them; their versions stay. Beginning again is harmless.
 *
 * @param hasTime asked after each page whether another may follow
 * @param after the place in the list of the author's posts that was come to before
 * @returns the place that it has come to when the time was up
 */
export async function signPosts(
  author: Signature,
  hasTime: () => boolean,
  after?: string,
): Promise<string | undefined> {
  const partition = authorPartition(author.handle);
  let start = after === undefined ? undefined : { pk: partition, sk: after };
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(EntryItem)
      .query({ partition })
      .options({
        consistent: true,
        entityAttrFilter: false,
        limit: pageSize,
        ...(start && { exclusiveStartKey: start }),
      })
      .send();
    await inParallel(Items, postsAtOnce, (entry) => sign(author, entry));
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

async function sign({ bio, handle, name, avatar }: Signature, { postId, slug, publishedAt, tags }: Entry) {
  const byline = { handle, name, ...(avatar && { avatar: toAttribute(avatar) }) };
  const lists = [everythingPartition, authorPartition(handle), monthPartition(publishedAt.slice(0, 7))];
  await Promise.all([
    ifThere(() =>
      PageItem.build(UpdateAttributesCommand)
        .item({ handle, slug, author: { ...byline, bio } })
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
      ifThere(() =>
        EntryItem.build(UpdateAttributesCommand)
          .item({ list, publishedAt, postId, author: byline })
          .options({ condition: { attr: "title", exists: true } })
          .send(),
      ),
    ),
  ]);
}

/** What has gone meanwhile needs no author. */
async function ifThere(write: () => Promise<unknown>): Promise<void> {
  try {
    await retryTransactionConflicts(write);
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}
