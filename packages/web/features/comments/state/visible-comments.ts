import type { Comment } from "@daybook/core/comment/comment";

/** A comment that the page was rendered with. */
export interface Delivered {
  readonly id: string;
  readonly parentId: string | null;
  readonly createdAt: string;
  readonly version: number;
  /** Name of the writer. Null for a deleted comment that keeps its place for its replies. */
  readonly writer: string | null;
}

/** Everything that a page knows about the comments of a post. */
export interface KnownComments {
  readonly delivered: readonly Delivered[];
  /** The last loaded list of visible comments. Undefined before it is loaded. */
  readonly listed: readonly Comment[] | undefined;
  /**
   * Versions of single comments from the API, by id: results of actions on this page, and comments that only some
   * users can see.
   */
  readonly told: ReadonlyMap<string, Comment>;
  /** Ids of the comments that were removed on this page. */
  readonly away: ReadonlySet<string>;
}

/** A comment as it appears in the list. */
export interface VisibleComment extends Omit<Delivered, "version"> {
  /** Undefined while only the server-rendered version is known. */
  readonly comment: Comment | undefined;
}

/**
 * Returns the writer's name if the viewer can see the comment. Pending comments are known only to their writer and the
 * post's author, because the API returns them to no one else. Hidden ones are shown only to their writer.
 */
function writerOf({ state, author }: Comment, viewerId: string | undefined): string | null {
  const isShown = state === "visible" || state === "pending" || (state === "hidden" && author?.id === viewerId);
  return (isShown && author?.name) || null;
}

/**
 * Returns the comments to show, in order of creation. The loaded list replaces the server-rendered comments. Results
 * of actions on this page replace both unless the list has a higher version, because caches may return an older list.
 * Example: the list has version 1 of a comment that was just edited to version 2, so version 2 is shown.
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

/**
 * Whether a removed comment keeps its place: if it has a visible reply. A deleted comment of the list also keeps it
 * while none of its replies is loaded, because they may be on a later page.
 */
function isKept({ id, parentId, comment }: VisibleComment, places: readonly VisibleComment[]): boolean {
  if (parentId !== null) return false;
  const replies = places.filter((place) => place.parentId === id);
  if (replies.length > 0) return replies.some(({ writer }) => writer !== null);
  return comment?.author === null;
}
