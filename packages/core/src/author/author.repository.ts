import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { item, string } from "dynamodb-toolbox/schema";
import type { Write } from "../db/idempotency.ts";
import { authorKey } from "../db/keys.ts";
import { pictureAttribute, pictureOf, type StoredPicture, toPictureAttribute } from "../db/picture-attribute.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { UserId } from "../ids.ts";
import { type Author, Handle } from "./author.ts";

export const AuthorItem = new Entity({
  name: "author",
  table,
  timestamps: false,
  schema: item({
    handle: string().key(),
    userId: string(),
    // Missing after the account was deleted. The item itself stays, so that the handle remains taken.
    name: string().optional(),
    bio: string().optional(),
    avatar: pictureAttribute().optional(),
    ...itemAttributes,
  }),
  computeKey: ({ handle }) => authorKey(Handle.parse(handle)),
});

/** An author's public profile as it is stored. */
export type AuthorRecord = Omit<Author, "url" | "page" | "avatar"> & {
  readonly userId: UserId;
  readonly avatar: StoredPicture | null;
};

/** Returns the author with this handle, unless the account was deleted. One consistent round trip. */
export async function find(handle: Handle): Promise<AuthorRecord | undefined> {
  const { Item } = await AuthorItem.build(GetItemCommand).key({ handle }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

function toRecord({ handle, userId, name, bio, avatar }: FormattedItem<typeof AuthorItem>): AuthorRecord | undefined {
  if (name === undefined) return undefined;
  return {
    handle: Handle.parse(handle),
    userId: UserId.parse(userId),
    name,
    bio: bio ?? "",
    avatar: avatar ? pictureOf(avatar) : null,
  };
}

/** Version and times of the user's profile. The author item gets the same, because one transaction writes both. */
interface Stamp {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** Claims a handle. The condition fails if another user has or had it. */
export const claimWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction).item(itemOf(author, stamp)).options({ condition: isNew });

/** Updates an author's public profile. */
export const changeWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction)
    .item(itemOf(author, stamp))
    .options({ condition: { attr: "userId", eq: author.userId } });

/** Deletes the personal data of an author. The item stays, so that no other user can claim the handle. */
export const farewellWrite = (handle: Handle, userId: UserId, stamp: Stamp): Write =>
  AuthorItem.build(PutTransaction)
    .item({ handle, userId, ...stamp })
    .options({ condition: { attr: "userId", eq: userId } });

const itemOf = ({ avatar, ...author }: AuthorRecord, { createdAt, updatedAt, version }: Stamp) => ({
  ...author,
  ...(avatar && { avatar: toPictureAttribute(avatar) }),
  ...{ createdAt, updatedAt, version },
});
