import type { Comment } from "@daybook/core/comment/comment";

/** A comment that the page was delivered with. */
export interface Delivered {
  readonly id: string;
  readonly parentId: string | null;
  readonly createdAt: string;
  readonly version: number;
  /** Who wrote it; nobody if it only keeps its place. */
  readonly writer: string | null;
}

/** All that a page knows of a post's comments. */
export interface KnownComments {
  readonly delivered: readonly Delivered[];
  /** What readers see, as the API has said last; nothing before it has. */
  readonly listed: readonly Comment[] | undefined;
  /** What the API said of single ones: answers to what was done here, and what only some may see. By their ids. */
  readonly told: ReadonlyMap<string, Comment>;
  /** Those that were taken away here. */
  readonly away: ReadonlySet<string>;
}

/** A comment as it appears in the list. */
export interface VisibleComment {
  readonly id: string;
  readonly parentId: string | null;
  readonly createdAt: string;
  /** Nothing as long as only what was delivered is known of it. */
  readonly comment: Comment | undefined;
  /** Nobody where it only keeps its place, for the sake of its replies. */
  readonly writer: string | null;
}

/** What one may see who is a reader, or its writer, or who decides of it. The API tells nobody of what they may not see at all. */
function writerOf({ state, author }: Comment, viewerId: string | undefined): string | null {
  const isShown = state === "visible" || state === "pending" || (state === "hidden" && author?.id === viewerId);
  return (isShown && author?.name) || null;
}

/**
 * The comments as they are shown, in the order in which they were written: what the API has said overtakes what was delivered, and what
 * was done here overtakes both, since copies on the way may be older.
 */
export function visibleCommentsOf(
  { delivered, listed, told, away }: KnownComments,
  viewerId?: string,
): readonly VisibleComment[] {
  const visibleCommentOf = (comment: Comment): VisibleComment => {
    const { id, parentId, createdAt } = comment;
    return { id, parentId, createdAt, comment, writer: away.has(id) ? null : writerOf(comment, viewerId) };
  };
  const newest = (comment: Comment) => {
    const answer = told.get(comment.id);
    return answer && answer.version >= comment.version ? answer : comment;
  };
  const base: readonly VisibleComment[] = listed
    ? listed.map((comment) => visibleCommentOf(newest(comment)))
    : delivered.map(({ version: _, ...place }) => {
        const answer = told.get(place.id);
        if (answer) return visibleCommentOf(answer);
        return { ...place, comment: undefined, writer: away.has(place.id) ? null : place.writer };
      });
  const inBase = new Set(base.map(({ id }) => id));
  const others = [...told.values()].filter(({ id }) => !inBase.has(id)).map(visibleCommentOf);
  const places = [...base, ...others].sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  return places.filter((place) => place.writer !== null || isKept(place, places));
}

/** What is gone is kept for its replies alone. Of what came without a writer, they may be further down a list that is not all here. */
function isKept({ id, parentId, comment }: VisibleComment, places: readonly VisibleComment[]): boolean {
  if (parentId !== null) return false;
  const replies = places.filter((place) => place.parentId === id);
  if (replies.length > 0) return replies.some(({ writer }) => writer !== null);
  return comment?.author === null;
}
