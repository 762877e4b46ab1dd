import * as z from "zod";
import * as brand from "../brand.ts";
import { lastDay } from "../date/date.limits.ts";
import { Moment } from "../date/date.ts";
import { MediaId, PostId } from "../ids.ts";
import { altLength, excerptLength } from "../published/published-post.limits.ts";
import { Body, CommentPolicy, Slug, Tags, Title } from "../published/published-post.ts";
import { line, lines } from "../text.ts";

/** Fields that the author writes. */
const written = {
  title: Title,
  body: Body,
  /** Shown in lists and in search results. If null, it is derived from the body. */
  excerpt: lines(excerptLength).nullable(),
  /** If null, it is derived from the title on publication. */
  slug: Slug.nullable(),
  tags: Tags,
  coverId: MediaId.nullable(),
  coverAlt: line(altLength),
  canonicalUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .meta({ description: "URL of the original, if the post was first published elsewhere", example: null }),
  comments: CommentPolicy,
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
    /** The date that readers see: when the post was first published, or the date that its author has set. */
    publishedAt: z.iso.datetime().nullable(),
    /** Whether the draft differs from the published post. False if the post is not published. */
    changed: z.boolean(),
    /** URL of the page for readers. */
    page: z
      .url()
      .nullable()
      .meta({ example: `${brand.origin}/@maya/a-table-for-everything` }),
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

/** Merge patch of the draft (RFC 7396). Null clears a member. Readers see the changes with the next publication. */
export const PostUpdate = z
  .strictObject(
    z
      .object({
        ...written,
        ...{ title: Title.nullable(), body: Body.nullable(), tags: Tags.nullable() },
        coverAlt: written.coverAlt.nullable(),
      })
      .partial().shape,
  )
  .meta({ id: "PostUpdate" });
export type PostUpdate = z.output<typeof PostUpdate>;

/** Values of the members that a new draft is created without. See `TodoDefaults`. */
export const PostDefaults = z.object({
  title: written.title.default(""),
  body: written.body.default(""),
  excerpt: written.excerpt.default(null),
  slug: written.slug.default(null),
  tags: written.tags.default([]),
  coverId: written.coverId.default(null),
  coverAlt: written.coverAlt.default(""),
  canonicalUrl: written.canonicalUrl.default(null),
  comments: written.comments.default("open"),
});

/** The defaults as a new draft has them. */
export const postDefaults = PostDefaults.parse({});

/** Publishes now, at a time in the future, or now with a date in the past. */
export const PostPublish = z
  .strictObject({
    at: Moment.optional().meta({
      description: `Publication time in UTC, up to ${lastDay}. Omit it, or name a past time, to publish immediately.`,
    }),
    publishedAt: Moment.optional().meta({
      description:
        "Date of publication that readers see, in UTC and not in the future. It decides the place in lists and the month " +
        "in the archive. Omit it to keep the date, or to use the current time for the first publication. A scheduled " +
        "publication has no other date.",
      example: "2019-05-04T10:00:00Z",
    }),
  })
  .meta({ id: "PostPublish" });
export type PostPublish = z.output<typeof PostPublish>;
