import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import type { Write } from "../db/idempotency.ts";
import { isNew } from "../db/version.ts";
import type { UserId } from "../ids.ts";
import { toAttribute } from "../media/media.picture.ts";
import { AuthorItem, type AuthorRecord } from "./author.repository.ts";
import type { Handle } from "./author.ts";

/*
 * What readers see of a user with a handle is an item of its own, written in the transaction that changes the user's profile: `version` and
 * the times are the profile's.
 */

interface Stamp {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** Takes a handle that nobody has, or has had. */
export const claimWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction).item(itemOf(author, stamp)).options({ condition: isNew });

/** Shows readers what has changed of an author. */
export const changeWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction)
    .item(itemOf(author, stamp))
    .options({ condition: { attr: "userId", eq: author.userId } });

/** Takes all that says who the author was, and leaves what keeps others from taking over the handle. */
export const farewellWrite = (handle: Handle, userId: UserId, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction)
    .item({ handle, userId, ...stamp })
    .options({ condition: { attr: "userId", eq: userId } });

const itemOf = ({ avatar, ...author }: AuthorRecord, { createdAt, updatedAt, version }: Stamp) => ({
  ...author,
  ...(avatar && { avatar: toAttribute(avatar) }),
  ...{ createdAt, updatedAt, version },
});
