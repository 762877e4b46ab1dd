import * as z from "zod";
import { Author, Byline, Handle } from "../author/author.ts";
import { lastDay } from "../date/date.limits.ts";
import { Moment } from "../date/date.ts";
import { MediaId, PostId } from "../ids.ts";
import { Picture } from "../media/media.ts";
import { text } from "../text.ts";
import {
  altLength,
  bodyBytes,
  bodyLength,
  excerptLength,
  slugForm,
  slugLength,
  tagForm,
  tagLength,
  tagsPerPost,
  titleLength,
} from "./post.limits.ts";

const Title = z.string().trim().pipe(text(titleLength)).meta({ example: "A table for everything" });
/** GitHub's Markdown. Refers to the author's pictures by `media:` and their id. */
const Body = text(bodyLength)
  .refine((body) => new TextEncoder().encode(body).byteLength <= bodyBytes, `At most ${bodyBytes} bytes of UTF-8`)
  .meta({ example: "One table, and *every* access pattern on one page." });
export const Slug = text(slugLength)
  .regex(slugForm, "Lower-case letters and digits, joined by single hyphens")
  .meta({ example: "a-table-for-everything" })
  .brand<"Slug">();
export type Slug = z.output<typeof Slug>;
export const Tag = text(tagLength)
  .regex(tagForm, "Lower-case letters and digits, joined by single hyphens")
  .meta({ example: "serverless" })
  .brand<"Tag">();
export type Tag = z.output<typeof Tag>;
const Tags = z
  .array(Tag)
  .max(tagsPerPost)
  .refine((tags) => new Set(tags).size === tags.length, "No tag twice");
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: "A month in UTC", example: "2026-11" })
  .brand<"Month">();
export type Month = z.output<typeof Month>;

/** Fields that the author writes. */
const written = {
  title: Title,
  body: Body,
  /** Shown in lists and in search results. If null, it is derived from the body. */
  excerpt: text(excerptLength).nullable(),
  /** If null, it is derived from the title on publication. */
  slug: Slug.nullable(),
  tags: Tags,
  coverId: MediaId.nullable(),
  coverAlt: text(altLength),
  canonicalUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .meta({ description: "URL of the original, if the post was first published elsewhere", example: null }),
  comments: z.enum(["open", "moderated", "closed"]).meta({
    description:
      "`open`: comments appear immediately. `moderated`: they need the author's approval. `closed`: no new comments",
  }),
};

/** A post as its author sees it: the draft and its publication state. Times are in UTC. */
export const Post = z
  .object({
    id: PostId,
    url: z.url(),
    state: z.enum(["draft", "scheduled", "published"]),
    ...written,
    /** When the draft will be published. */
    scheduledFor: z.iso.datetime().nullable(),
    scheduleProblem: z.string().nullable().meta({
      description: "Why scheduled publishing failed. Cleared when the post is published or scheduled again",
      example: null,
    }),
    /** When the post was first published. */
    publishedAt: z.iso.datetime().nullable(),
    /** Whether the draft differs from the published post. False if the post is not published. */
    changed: z.boolean(),
    /** URL of the page for readers. */
    page: z.url().nullable().meta({ example: "https://daybook.example/@maya/a-table-for-everything" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "Post" });
export type Post = z.output<typeof Post>;

/** A post in its author's list, without its body. */
export const PostEntry = z.object(Post.omit({ body: true }).shape).meta({ id: "PostEntry" });
export type PostEntry = z.output<typeof PostEntry>;

/** Input for a new draft. All fields are optional, because a draft is saved while it is written. */
export const PostCreate = z.strictObject(z.object(written).partial().shape).meta({ id: "PostCreate" });
export type PostCreate = z.output<typeof PostCreate>;

/** Merge patch of the draft (RFC 7396). Readers see the changes when the post is published again. */
export const PostUpdate = z.strictObject(z.object(written).partial().shape).meta({ id: "PostUpdate" });
export type PostUpdate = z.output<typeof PostUpdate>;

/** Publishes now, or at a time in the future. */
export const PostPublish = z
  .strictObject({
    at: Moment.optional().meta({
      description: `Publication time in UTC, up to ${lastDay}. Omit it, or name a past time, to publish immediately.`,
    }),
  })
  .meta({ id: "PostPublish" });
export type PostPublish = z.output<typeof PostPublish>;

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
    comments: written.comments,
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

/** Selects published posts by author, tag or month; without a filter, all. */
export const PostFilter = {
  author: Handle.optional(),
  tag: Tag.optional(),
  month: Month.optional(),
};

/** A month with published posts. */
export const ArchiveMonth = z.object({ month: Month, page: z.url() }).meta({ id: "ArchiveMonth" });
export type ArchiveMonth = z.output<typeof ArchiveMonth>;
