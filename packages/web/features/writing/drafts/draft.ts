import { cleanLine, cleanText } from "@daybook/core/clean-text";
import type { MediaId, PostId } from "@daybook/core/ids";
import type { Post, PostUpdate } from "@daybook/core/post/post";
import type { Slug, Tag } from "@daybook/core/published/published-post";
import * as v from "valibot";

// Data from this browser is validated when it is read. The schemas check only what the code relies on: a tag must be a
// string, but its form is not checked.

const slug = v.custom<Slug>((value) => typeof value === "string");
const tag = v.custom<Tag>((value) => typeof value === "string");
const mediaId = v.custom<MediaId>((value) => typeof value === "string");
/** The id that the API gave to the post. */
export const StoredPostId = v.custom<PostId>((value) => typeof value === "string");

/**
 * The members that an author edits: exactly those that the API accepts. A missing member does not compile. Example: a
 * new `subtitle` in the API requires an entry here.
 */
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
  /** Why the post could not be published at its scheduled time. */
  scheduleProblem: v.nullable(v.string()),
  publishedAt: v.nullable(v.string()),
  changed: v.boolean(),
  page: v.nullable(v.string()),
  version: v.number(),
});
export type DraftStatus = v.InferOutput<typeof DraftStatus>;

/**
 * A current or earlier version of the post on the server. Member names are part of the stored format: `standing`
 * cannot be renamed without an upgrade.
 */
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

/** All editable members, in display order: conflicts of title and body are listed in this order. */
export const draftMembers: readonly DraftMember[] = v.keyof(Draft).options;

export const serverVersionOf = (post: Post): ServerVersion => ({
  draft: v.parse(Draft, post),
  standing: v.parse(DraftStatus, post),
});

/** How the API stores texts. The body is compared as it is, because that happens with every key. */
const forms: { readonly [Member in DraftMember]?: (text: string) => string } = {
  title: cleanLine,
  coverAlt: cleanLine,
  excerpt: cleanText,
};

/**
 * Whether two drafts have the same value of a member, in the form in which the API stores a short text: "Title "
 * equals "Title".
 */
export function isSame(a: Draft, b: Draft, member: DraftMember): boolean {
  if (member === "tags") return a.tags.join() === b.tags.join();
  const [one, other, form] = [a[member], b[member], forms[member]];
  if (one === other || form === undefined || one === null || other === null) return one === other;
  return form(String(one)) === form(String(other));
}

export const differing = (a: Draft, b: Draft): DraftMember[] => draftMembers.filter((member) => !isSame(a, b, member));

/** Returns the given members of a draft. */
export const pick = (draft: Draft, members: readonly DraftMember[]): Partial<Draft> =>
  Object.fromEntries(members.map((member) => [member, draft[member]]));
