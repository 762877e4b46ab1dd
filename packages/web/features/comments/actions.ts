import type { Comment } from "@daybook/core/comment/comment";
import type { CommentedPost } from "./comments-island.tsx";

export type Action = "approve" | "reply" | "edit" | "hide" | "block" | "delete";

/** The viewer of the comments and their relation to the post. */
export interface Reader {
  readonly isSignedIn: boolean;
  /** Public reader id. Undefined until the API has returned it. */
  readonly id: string | undefined;
  /** Whether the viewer is the author of the post. */
  readonly isAuthor: boolean;
}

/**
 * Returns the actions that a viewer can take on a comment, in display order. Example: the writer of a hidden comment
 * can only delete it.
 */
export function actionsFor(
  comment: Comment,
  { isSignedIn, id, isAuthor }: Reader,
  { policy }: Pick<CommentedPost, "policy">,
): readonly Action[] {
  if (!isSignedIn || !comment.author) return [];
  const { state, parentId } = comment;
  const replies: Action[] = state === "visible" && parentId === null && policy !== "closed" ? ["reply"] : [];
  if (comment.author.id === id) return state === "hidden" ? ["delete"] : [...replies, "edit", "delete"];
  if (!isAuthor) return replies;
  return [...(state === "pending" ? (["approve"] as const) : replies), "hide", "block", "delete"];
}
