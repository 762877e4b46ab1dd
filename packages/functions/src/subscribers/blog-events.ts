import { isDeepStrictEqual } from "node:util";
import { systemClock } from "@daybook/core/clock";
import { DomainEvent } from "@daybook/core/events";
import { openMonth } from "@daybook/core/published/months.repository";
import type { AttributeValue } from "aws-lambda";
import { type Image, isThere, type Meanings } from "./image.ts";

/** Attributes that a subscriber maintains. No page shows them, and a count must not trigger another count. */
const isKept = (name: string) => name === "commentCount" || name === "counted";

const written = (image: Image) => Object.fromEntries(Object.entries(image).filter(([name]) => !isKept(name)));

const same = (before: Image, after: Image, ...names: readonly string[]) =>
  names.every((name) => isDeepStrictEqual(before[name], after[name]));

const textsOf = (list: AttributeValue | undefined) => list?.L?.map(({ S: text }) => text) ?? [];

/** Whether the item is a published post and not a redirect. */
const isPost = ({ entity }: Image) => entity?.S === "page";

/**
 * Returns the event of a published post that was created, changed or deleted, or of a redirect that replaces it or that
 * it replaces.
 */
function pageEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(before) && isDeepStrictEqual(written(before), written(after))) return undefined;
  const { postId, handle, slug } = isThere(after) ? after : before;
  const [formerMonth, month = formerMonth] = [before, after].map(({ publishedAt }) => publishedAt?.S?.slice(0, 7));
  return DomainEvent.parse({
    ...{ type: "page.changed", postId: postId?.S, handle: handle?.S, slug: slug?.S },
    month,
    ...(formerMonth !== month && { formerMonth }),
    tags: [...new Set([...textsOf(before.tags), ...textsOf(after.tags)])],
    removed: isPost(before) && !isPost(after),
  });
}

/** Returns the event of a deleted post. */
function postEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(after)) return undefined;
  const { id: postId, authorId, mediaIds, published } = before;
  const media = new Set([...textsOf(mediaIds), ...textsOf(published?.M?.mediaIds)]);
  return DomainEvent.parse({ type: "post.deleted", postId: postId?.S, authorId: authorId?.S, mediaIds: [...media] });
}

/**
 * Returns the event of a comment that was created, edited, reviewed or deleted, and the event of a new comment of a
 * reader. Ignores the reply count, because the reply has its own event.
 */
function commentEventsOf(before: Image, after: Image): DomainEvent[] {
  if (same(before, after, "version", "rank")) return [];
  const changed = DomainEvent.parse({ type: "comment.changed", postId: (after.postId ?? before.postId)?.S });
  const { id: commentId, postAuthorId: authorId, writer } = after;
  if (isThere(before) || writer?.M?.id?.S === authorId?.S) return [changed];
  return [changed, DomainEvent.parse({ type: "comment.added", authorId: authorId?.S, commentId: commentId?.S })];
}

/** Returns the event of an author who was created or whose public fields changed. */
function authorEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(before) && same(before, after, "name", "bio", "avatar")) return undefined;
  const { userId, handle } = isThere(after) ? after : before;
  return DomainEvent.parse({ type: "author.changed", userId: userId?.S, handle: handle?.S });
}

/** The blog's functions that map a change between two images of an item to events, by entity. */
export const blogMeanings: Meanings = {
  page: pageEventOf,
  redirect: pageEventOf,
  post: postEventOf,
  comment: commentEventsOf,
  author: authorEventOf,
};

/** Does what must be done before subscribers get an event: they refresh the archive, so the month must be in it. */
export async function beforePublishing(event: DomainEvent): Promise<void> {
  if (event.type === "page.changed" && event.month !== undefined) await openMonth(event.month, systemClock);
}
