import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { item, string } from "dynamodb-toolbox/schema";
import { mediaKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { MediaId, UserId } from "../ids.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "./media.picture.ts";
import type { Media } from "./media.ts";

export const MediaItem = new Entity({
  name: "media",
  table,
  timestamps: false,
  schema: item({
    ownerId: string().key(),
    id: string().key(),
    state: string().enum("awaited", "ready", "refused"),
    reason: string().enum("not-a-picture", "too-large", "unreadable").optional(),
    picture: pictureAttribute().optional(),
    /** The day on which somebody has to look whether anything uses it. */
    gsi2pk: string().hidden(),
    gsi2sk: string().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ ownerId, id }) => mediaKey(UserId.parse(ownerId), MediaId.parse(id)),
});

/** Media as it is stored. */
export type MediaRecord = Omit<Media, "url" | "picture"> & {
  readonly ownerId: UserId;
  readonly picture: StoredPicture | null;
};

/** A stored item as what it stands for. */
export const toRecord = ({ schemaVersion: _, ...media }: FormattedItem<typeof MediaItem>): MediaRecord => ({
  ...media,
  id: MediaId.parse(media.id),
  ownerId: UserId.parse(media.ownerId),
  reason: media.reason ?? null,
  picture: media.picture ? pictureOf(media.picture) : null,
});
