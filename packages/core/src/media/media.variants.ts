import type { MediaId } from "../ids.ts";

/** Formats of every variant. Browsers prefer the first. */
export const variantFormats = ["avif", "webp"] as const;
export type VariantFormat = (typeof variantFormats)[number];

/** The key of a variant in the media bucket, and its path below `/media` of the public origin. */
export const variantKey = (mediaId: MediaId, width: number, format: VariantFormat) => `${mediaId}/${width}.${format}`;
