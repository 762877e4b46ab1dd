import { list, map, number, string } from "dynamodb-toolbox/schema";
import { MediaId } from "../ids.ts";
import type { Picture } from "./media.ts";

/** A picture as it is stored, here and wherever it is used: its addresses follow from its id and its widths. */
export type StoredPicture = Omit<Picture, "variants"> & { readonly widths: readonly number[] };

/** The attribute of an item that holds a picture. */
export const pictureAttribute = () =>
  map({ id: string(), width: number(), height: number(), placeholder: string(), widths: list(number()) });

interface PictureAttribute extends Omit<StoredPicture, "id" | "widths"> {
  readonly id: string;
  readonly widths: number[];
}

/** What such an attribute holds. */
export const pictureOf = (picture: PictureAttribute): StoredPicture => ({ ...picture, id: MediaId.parse(picture.id) });

/** A picture as such an attribute takes it. */
export const toAttribute = (picture: StoredPicture): PictureAttribute => ({ ...picture, widths: [...picture.widths] });

/** What every variant is made as; the first is what a browser would rather have. */
export const variantFormats = ["avif", "webp"] as const;
export type VariantFormat = (typeof variantFormats)[number];

/** Where a variant is in the bucket of media, and below `/media` of the public origin. */
export const variantKey = (mediaId: MediaId, width: number, format: VariantFormat) => `${mediaId}/${width}.${format}`;
