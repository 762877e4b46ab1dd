import { list, map, number, string } from "dynamodb-toolbox/schema";
import { MediaId } from "../ids.ts";

/** A picture as it is stored in other items. Its URLs are derived from `id` and `widths`. All sizes are in pixels. */
export interface StoredPicture {
  readonly id: MediaId;
  readonly width: number;
  readonly height: number;
  /** A small preview as a data URL. */
  readonly placeholder: string;
  readonly widths: readonly number[];
}

/** Returns the schema of an attribute that holds a picture. */
export const pictureAttribute = () =>
  map({ id: string(), width: number(), height: number(), placeholder: string(), widths: list(number()) });

interface PictureAttribute extends Omit<StoredPicture, "id" | "widths"> {
  readonly id: string;
  readonly widths: number[];
}

/** Converts the attribute to a picture. */
export const pictureOf = (picture: PictureAttribute): StoredPicture => ({ ...picture, id: MediaId.parse(picture.id) });

/** Converts a picture to the attribute. */
export const toPictureAttribute = (picture: StoredPicture): PictureAttribute => ({
  ...picture,
  widths: [...picture.widths],
});
