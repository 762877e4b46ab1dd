import type { MediaId, PostId } from "@daybook/core/ids";
import type { Post, PostUpdate, Slug, Tag } from "@daybook/core/post/post";
import * as v from "valibot";

// What is kept in this browser is checked when it is read again, by schemas that say no more than the code relies on.

const slug = v.custom<Slug>((value) => typeof value === "string");
const tag = v.custom<Tag>((value) => typeof value === "string");
const mediaId = v.custom<MediaId>((value) => typeof value === "string");
/** The API's name of a post, once it has one. */
export const StoredPostId = v.custom<PostId>((value) => typeof value === "string");

/** What its author writes of a post: exactly the members that the API takes. One that is missing here does not compile. */
export const Draft = v.object({
  title: v.string(),
  body: v.string(),
  excerpt: v.nullable(v.string()),
  slug: v.nullable(slug),
  tags: v.array(tag),
  coverId: v.nullable(mediaId),
  coverAlt: v.string(),
  canonicalUrl: v.nullable(v.string()),
  comments: v.picklist(["open", "moderated", "closed"]),
} satisfies { readonly [Member in keyof Required<PostUpdate>]: v.GenericSchema<unknown, PostUpdate[Member]> });
export type Draft = v.InferOutput<typeof Draft>;
export type DraftMember = keyof Draft;

/** Publication state of a post and its version, as the API last reported them. Stored as `standing`. */
export const DraftStatus = v.object({
  state: v.picklist(["draft", "scheduled", "published"]),
  scheduledFor: v.nullable(v.string()),
  /** Why it was not published at its time. */
  scheduleProblem: v.nullable(v.string()),
  publishedAt: v.nullable(v.string()),
  changed: v.boolean(),
  page: v.nullable(v.string()),
  version: v.number(),
});
export type DraftStatus = v.InferOutput<typeof DraftStatus>;

/** A version of the post that the API has or had. Member names are part of the stored format. */
export const ServerVersion = v.object({ draft: Draft, standing: DraftStatus });
export type ServerVersion = v.InferOutput<typeof ServerVersion>;

export const emptyDraft: Draft = {
  title: "",
  body: "",
  excerpt: null,
  slug: null,
  tags: [],
  coverId: null,
  coverAlt: "",
  canonicalUrl: null,
  comments: "open",
};

/** All that an author can change, in the order in which it is shown. A member that is missing here does not compile. */
const members: { readonly [Member in DraftMember]: true } = {
  title: true,
  body: true,
  excerpt: true,
  slug: true,
  tags: true,
  coverId: true,
  coverAlt: true,
  canonicalUrl: true,
  comments: true,
};
export const draftMembers: readonly DraftMember[] = v.parse(v.array(v.keyof(Draft)), Object.keys(members));

export function serverVersionOf(post: Post): ServerVersion {
  const { title, body, excerpt, slug, tags, coverId, coverAlt, canonicalUrl, comments } = post;
  return {
    draft: { title, body, excerpt, slug, tags, coverId, coverAlt, canonicalUrl, comments },
    standing: draftStatusOf(post),
  };
}

export function draftStatusOf(post: DraftStatus): DraftStatus {
  const { state, scheduledFor, scheduleProblem, publishedAt, changed, page, version } = post;
  return { state, scheduledFor, scheduleProblem, publishedAt, changed, page, version };
}

/** Whether two drafts say the same in a member: the API takes white space from around a title, and a person types it. */
export function isSame(a: Draft, b: Draft, member: DraftMember): boolean {
  if (member === "title") return a.title.trim() === b.title.trim();
  if (member === "tags") return a.tags.join() === b.tags.join();
  return a[member] === b[member];
}

export const differing = (a: Draft, b: Draft): DraftMember[] => draftMembers.filter((member) => !isSame(a, b, member));

/** Some members of a draft, on their own. */
export const pick = (draft: Draft, members: readonly DraftMember[]): Partial<Draft> =>
  Object.fromEntries(members.map((member) => [member, draft[member]]));
