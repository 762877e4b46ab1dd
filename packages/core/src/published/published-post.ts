import * as z from "zod";
import { Author, Byline } from "../author/author.ts";
import { cleanLine } from "../clean-text.ts";
import { PostId } from "../ids.ts";
import { Picture } from "../media/media.ts";
import { cleaned, exact, line, lines } from "../text.ts";
import {
  bodyBytes,
  bodyLength,
  slugForm,
  slugLength,
  tagForm,
  tagLength,
  tagsPerPost,
  titleLength,
} from "./published-post.limits.ts";

export const Title = line(titleLength).meta({ example: "A table for everything" });
/** GitHub's Markdown. `media:` and an id refer to a picture of the author. `#decorative` ends one without a text. */
export const Body = lines(bodyLength)
  .refine((body) => new TextEncoder().encode(body).byteLength <= bodyBytes, `At most ${bodyBytes} bytes of UTF-8`)
  .meta({ example: "One table, and *every* access pattern on one page." });
export const Slug = exact(slugLength)
  .regex(slugForm, "Lower-case letters and digits, joined by single hyphens")
  .meta({ example: "a-table-for-everything" })
  .brand<"Slug">();
export type Slug = z.output<typeof Slug>;
export const Tag = cleaned((tag) => cleanLine(tag).toLowerCase(), tagLength)
  .regex(tagForm, {
    error: ({ input }) =>
      `"${String(input).slice(0, 40)}" is not a tag. Use letters, digits, + and #, joined by single - or .`,
  })
  .meta({ example: "serverless" })
  .brand<"Tag">();
export type Tag = z.output<typeof Tag>;
export const Tags = z
  .array(Tag)
  .max(tagsPerPost)
  .refine((tags) => new Set(tags).size === tags.length, "No tag twice");
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: "A month in UTC", example: "2026-11" })
  .brand<"Month">();
export type Month = z.output<typeof Month>;

export const CommentPolicy = z.enum(["open", "moderated", "closed"]).meta({
  description:
    "`open`: comments appear immediately. `moderated`: they need the author's approval. `closed`: no new comments",
});

/** A published post in a list. */
export const PostSummary = z
  .object({
    id: PostId,
    url: z.url(),
    page: z.url(),
    slug: Slug,
    title: Title,
    excerpt: z.string(),
    tags: Tags,
    author: Byline,
    cover: Picture.nullable(),
    coverAlt: z.string(),
    words: z.int().nonnegative(),
    readingMinutes: z.int().positive(),
    publishedAt: z.iso.datetime(),
    /** When the published post was last revised. */
    revisedAt: z.iso.datetime(),
  })
  .meta({ id: "PostSummary" });
export type PostSummary = z.output<typeof PostSummary>;

/** A published post. */
export const PublishedPost = z
  .object({
    ...PostSummary.shape,
    author: Author,
    body: Body,
    canonicalUrl: z.url().nullable(),
    comments: CommentPolicy,
    /** Number of visible comments. Updated asynchronously, usually within a second. */
    commentCount: z.int().nonnegative(),
    /** The pictures that the body refers to. */
    pictures: z.array(Picture),
    rendered: z
      .object({
        html: z.string(),
        feedHtml: z.string(),
        headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.int().min(1).max(6) })),
      })
      .nullable()
      .meta({
        description:
          "The body as sanitized HTML: `html` for the site's own page, `feedHtml` with absolute URLs. Null for a post that " +
          "an older version of the site published",
      }),
    version: z.int().positive(),
  })
  .meta({ id: "PublishedPost" });
export type PublishedPost = z.output<typeof PublishedPost>;

/** A month with published posts. */
export const ArchiveMonth = z.object({ month: Month, page: z.url() }).meta({ id: "ArchiveMonth" });
export type ArchiveMonth = z.output<typeof ArchiveMonth>;
