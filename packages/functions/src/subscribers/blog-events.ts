import { isDeepStrictEqual } from "node:util";
import { DomainEvent } from "@daybook/core/events";
import type { AttributeValue } from "aws-lambda";

/** An item of the table as its stream tells it; empty where there is none. */
export type Image = Readonly<Record<string, AttributeValue>>;

const isThere = (image: Image) => image.entity !== undefined;

/** What a subscriber keeps of the comments of a page: no page shows it, and counting must not ask for counting. */
const isKept = (name: string) => name === "commentCount" || name === "counted";

const written = (image: Image) => Object.fromEntries(Object.entries(image).filter(([name]) => !isKept(name)));

const same = (before: Image, after: Image, ...names: readonly string[]) =>
  names.every((name) => isDeepStrictEqual(before[name], after[name]));

const textsOf = (list: AttributeValue | undefined) => list?.L?.map(({ S: text }) => text) ?? [];

/** A redirect stands at a former address and shows nothing. */
const isPost = ({ entity }: Image) => entity?.S === "page";

/** A page that appeared, changed or went; the redirect that takes its place, or whose place it takes, included. */
export function pageEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(before) && isDeepStrictEqual(written(before), written(after))) return undefined;
  const { postId, handle, slug } = isThere(after) ? after : before;
  const publishedAt = (after.publishedAt ?? before.publishedAt)?.S;
  return DomainEvent.parse({
    ...{ type: "page.changed", postId: postId?.S, handle: handle?.S, slug: slug?.S },
    month: publishedAt?.slice(0, 7),
    tags: [...new Set([...textsOf(before.tags), ...textsOf(after.tags)])],
    removed: isPost(before) && !isPost(after),
  });
}

/** The removal of a post. */
export function postEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(after)) return undefined;
  const { id: postId, authorId, mediaIds, published } = before;
  const media = new Set([...textsOf(mediaIds), ...textsOf(published?.M?.mediaIds)]);
  return DomainEvent.parse({ type: "post.deleted", postId: postId?.S, authorId: authorId?.S, mediaIds: [...media] });
}

/** The removal of an upload. */
export function mediaEventOf(before: Image, after: Image): DomainEvent | undefined {
  return isThere(after) ? undefined : DomainEvent.parse({ type: "media.deleted", mediaId: before.id?.S });
}

/** A comment that was written, changed, decided of or removed; that one has more replies is told of by the reply itself. */
export function commentEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (same(before, after, "version", "rank")) return undefined;
  return DomainEvent.parse({ type: "comment.changed", postId: (after.postId ?? before.postId)?.S });
}

/** An author who appeared, or of whom readers see something else. */
export function authorEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (isThere(before) && same(before, after, "name", "bio", "avatar")) return undefined;
  const { userId, handle } = isThere(after) ? after : before;
  return DomainEvent.parse({ type: "author.changed", userId: userId?.S, handle: handle?.S });
}
