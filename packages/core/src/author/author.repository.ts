import { entity } from "../db/entity.ts";
import { authorKey } from "../db/keys.blog.ts";
import { StoredPicture } from "../db/picture-attribute.ts";
import { isNew } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import { UserId } from "../ids.ts";
import { Author, type Handle } from "./author.ts";

const authors = entity({
  name: "author",
  schema: Author.omit({ url: true, page: true }).extend({
    userId: UserId,
    // Missing after the account was deleted. The item itself stays, so that the handle remains taken.
    name: Author.shape.name.optional(),
    bio: Author.shape.bio.optional(),
    avatar: StoredPicture.nullable(),
  }),
  keyFields: ["handle"],
  keyOf: ({ handle }) => authorKey(handle),
});

/** An author's public profile as it is stored. */
export type AuthorRecord = Omit<Author, "url" | "page" | "avatar"> & {
  readonly userId: UserId;
  readonly avatar: StoredPicture | null;
};

/** Returns the author with this handle, unless the account was deleted. One consistent round trip. */
export async function find(handle: Handle): Promise<AuthorRecord | undefined> {
  const author = await authors.get({ handle });
  if (author?.name === undefined) return undefined;
  const { userId, name, bio = "", avatar } = author;
  return { handle, userId, name, bio, avatar };
}

/** Version and times of the user's profile. The author item gets the same, because one transaction writes both. */
interface Stamp {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** Claims a handle. The condition fails if another user has or had it. */
export const claimWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  authors.put({ ...author, ...stampOf(stamp) }, isNew);

/** Updates an author's public profile. */
export const changeWrite = (author: AuthorRecord, stamp: Stamp): Write =>
  authors.put({ ...author, ...stampOf(stamp) }, { userId: author.userId });

/** Deletes the personal data of an author. The item stays, so that no other user can claim the handle. */
export const farewellWrite = (handle: Handle, userId: UserId, stamp: Stamp): Write =>
  authors.put({ handle, userId, avatar: null, ...stamp }, { userId });

const stampOf = ({ createdAt, updatedAt, version }: Stamp): Stamp => ({ createdAt, updatedAt, version });
