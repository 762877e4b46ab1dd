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
/** GitHub's Markdown; pictures of one's own by `media:` and their id. */
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

/** What its author writes of a post. */
const written = {
  title: Title,
  body: Body,
  /** Readers see it in lists and search engines in their results; null takes it from the body. */
  excerpt: text(excerptLength).nullable(),
  /** Null makes one of the title when the post is published. */
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

/** A post as its author sees it: the working copy, and how it stands with readers. Times are UTC. */
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
    /** When it was first published. */
    publishedAt: z.iso.datetime().nullable(),
    /** Whether the draft differs from the published post. False if the post is not published. */
    changed: z.boolean(),
    /** Where it is read. */
    page: z.url().nullable().meta({ example: "https://daybook.example/@maya/a-table-for-everything" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "Post" });
export type Post = z.output<typeof Post>;

/** A post in its author's list. */
export const PostEntry = z.object(Post.omit({ body: true }).shape).meta({ id: "PostEntry" });
export type PostEntry = z.output<typeof PostEntry>;

/** A new post may be empty: it is written as it is saved. */
export const PostCreate = z.strictObject(z.object(written).partial().shape).meta({ id: "PostCreate" });
export type PostCreate = z.output<typeof PostCreate>;

/** A merge patch (RFC 7396) of the working copy; readers see it when it is published again. */
export const PostUpdate = z.strictObject(z.object(written).partial().shape).meta({ id: "PostUpdate" });
export type PostUpdate = z.output<typeof PostUpdate>;

/** Publish now, or at a time in the future. */
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
    /** When readers last got something new. */
    revisedAt: z.iso.datetime(),
  })
  .meta({ id: "PostSummary" });
export type PostSummary = z.output<typeof PostSummary>;

/** A post as readers see it. */
export const PublishedPost = z
  .object({
    ...PostSummary.shape,
    author: Author,
    body: Body,
    canonicalUrl: z.url().nullable(),
    comments: written.comments,
    /** How many comments readers see; it follows them within a second or so. */
    commentCount: z.int().nonnegative(),
    /** Those that the body refers to. */
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

/** Which published posts: all, or those of one author, tag or month. */
export const PostFilter = {
  author: Handle.optional(),
  tag: Tag.optional(),
  month: Month.optional(),
};

/** A month in which something was published. */
export const ArchiveMonth = z.object({ month: Month, page: z.url() }).meta({ id: "ArchiveMonth" });
export type ArchiveMonth = z.output<typeof ArchiveMonth>;
