import type { Comment } from "@daybook/core/comment/comment";
import type { CommentedPost } from "./comments-island.tsx";

export type Action = "approve" | "reply" | "edit" | "hide" | "block" | "delete";

/** Who reads, and what they may do here. */
export interface Reader {
  readonly isSignedIn: boolean;
  /** Their public id, once the API has said it. */
  readonly id: string | undefined;
  /** Whether the post is theirs. */
  readonly isAuthor: boolean;
}

/** What a reader can do with a comment. */
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
