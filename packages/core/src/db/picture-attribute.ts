import { list, map, number, string } from "dynamodb-toolbox/schema";
import { MediaId } from "../ids.ts";

/** A picture as items store it; its URLs follow from its id and its widths. Sizes are in pixels. */
export interface StoredPicture {
  readonly id: MediaId;
  readonly width: number;
  readonly height: number;
  /** A data URL */
  readonly placeholder: string;
  readonly widths: readonly number[];
}

/** The schema of an attribute that holds a picture. */
export const pictureAttribute = () =>
  map({ id: string(), width: number(), height: number(), placeholder: string(), widths: list(number()) });

interface PictureAttribute extends Omit<StoredPicture, "id" | "widths"> {
  readonly id: string;
  readonly widths: number[];
}

/** Reads such an attribute. */
export const pictureOf = (picture: PictureAttribute): StoredPicture => ({ ...picture, id: MediaId.parse(picture.id) });

/** Writes a picture as such an attribute. */
export const toPictureAttribute = (picture: StoredPicture): PictureAttribute => ({
  ...picture,
  widths: [...picture.widths],
});
