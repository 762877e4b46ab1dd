import type { MediaId } from "../ids.ts";

/** Formats of every variant. Browsers prefer the first. */
export const variantFormats = ["avif", "webp"] as const;
export type VariantFormat = (typeof variantFormats)[number];

/** Size of the part of a picture that cards of social networks show, in pixels. Not all networks show WebP. */
export const cardSize = { width: 1200, height: 630 } as const;
export const cardFormat = "jpeg";

/** The key of a variant in the media bucket, and its path below `/media` of the public origin. */
export const variantKey = (mediaId: MediaId, width: number, format: VariantFormat | typeof cardFormat) =>
  `${mediaId}/${width}.${format}`;
