import * as z from "zod";
import * as brand from "../brand.ts";
import { MediaId } from "../ids.ts";
import { uploadBytes, uploadTypes } from "./media.limits.ts";
import { cardSize } from "./media.variants.ts";

/** A file of a picture. Each width exists as AVIF and as WebP. */
const Variant = z.object({
  url: z.url().meta({ example: `${brand.origin}/media/med_01KA6V8C3D4E5F6G7H8J9K0M1N/960.avif` }),
  type: z.enum(["image/avif", "image/webp"]),
  width: z.int().positive().meta({ example: 960 }),
});

/** Data for showing a picture without layout shift. Sizes are those of the widest variant, in pixels. */
export const Picture = z
  .object({
    id: MediaId,
    width: z.int().positive().meta({ example: 1440 }),
    height: z.int().positive().meta({ example: 960 }),
    placeholder: z
      .string()
      .regex(/^data:image\/webp;base64,[\w+/]+=*$/)
      .max(2_000)
      .meta({
        description: "A tiny version of the picture as a data URL, shown while it loads",
        example: "data:image/webp;base64,UklGRg==",
      }),
    transparent: z.boolean().meta({
      description: "Whether parts of the picture are transparent. Show no placeholder behind it",
      example: false,
    }),
    variants: z.array(Variant).min(2),
    card: z
      .url()
      .nullable()
      .meta({
        description:
          `URL of a JPEG of ${cardSize.width} × ${cardSize.height} pixels, for cards of social networks. ` +
          "Null for older pictures",
        example: `${brand.origin}/media/med_01KA6V8C3D4E5F6G7H8J9K0M1N/1200.jpeg`,
      }),
  })
  .meta({ id: "Picture" });
export type Picture = z.output<typeof Picture>;

/** An upload and its processing state. */
export const Media = z
  .object({
    id: MediaId,
    url: z.url(),
    state: z.enum(["awaited", "ready", "refused"]).meta({
      description:
        "Awaited until the file is there and its variants are made; refused when it is no picture that we take",
    }),
    reason: z
      .enum(["not-a-picture", "too-large", "unreadable"])
      .nullable()
      .meta({ description: "Why the file was rejected", example: null }),
    picture: Picture.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "Media" });
export type Media = z.output<typeof Media>;

/** Type and size of the file to upload. */
export const MediaCreate = z
  .strictObject({
    type: z.enum(uploadTypes),
    bytes: z
      .int()
      .positive()
      .max(uploadBytes)
      .meta({ description: "Exact size of the file in bytes", example: 183_402 }),
  })
  .meta({ id: "MediaCreate" });
export type MediaCreate = z.output<typeof MediaCreate>;

/**
 * Media with its upload form. The client posts the form directly to storage: all fields first, then the file as `file`.
 */
export const MediaUpload = z
  .object({
    ...Media.shape,
    upload: z.object({
      url: z.url(),
      fields: z.record(z.string(), z.string()),
      expiresAt: z.iso.datetime(),
    }),
  })
  .meta({ id: "MediaUpload" });
export type MediaUpload = z.output<typeof MediaUpload>;
