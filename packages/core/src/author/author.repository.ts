import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { item, string } from "dynamodb-toolbox/schema";
import { authorKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { UserId } from "../ids.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../media/media.picture.ts";
import { type Author, Handle } from "./author.ts";

export const AuthorItem = new Entity({
  name: "author",
  table,
  timestamps: false,
  schema: item({
    handle: string().key(),
    userId: string(),
    // An author who is gone has none of these: what is left keeps others from the handle.
    name: string().optional(),
    bio: string().optional(),
    avatar: pictureAttribute().optional(),
    ...itemAttributes,
  }),
  computeKey: ({ handle }) => authorKey(Handle.parse(handle)),
});

/** What readers see of an author, as it is stored. */
export type AuthorRecord = Omit<Author, "url" | "page" | "avatar"> & {
  readonly userId: UserId;
  readonly avatar: StoredPicture | null;
};

/** Who has a handle, unless they are gone; one consistent round trip. */
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
