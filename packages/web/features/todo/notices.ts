import type { Todo } from "@daybook/core/todo/todo";
import { problemInWords, reasonOf } from "../../lib/problem-words.ts";
import { SignedOutError } from "../session/session.ts";
import type { Change, Content } from "./todo-list.ts";
import { TitleConflictError, TodoMissingError } from "./todo-sync.ts";

/** What a person is told about a change, and what they can do about it. */
export type Notice = { readonly id: string } & (
  | { readonly kind: "deleted"; readonly key: string; readonly content: Content }
  | { readonly kind: "failed"; readonly text: string; readonly retry?: Retry }
  | { readonly kind: "conflict"; readonly change: Extract<Change, { type: "rename" }>; readonly theirs: Todo }
);

/** What can be done about a failure, and the name of the button that does it. */
interface Retry {
  readonly name: string;
  readonly change: Change;
}

const attempted = {
  create: "added",
  restore: "brought back",
  complete: "changed",
  rename: "renamed",
  delete: "deleted",
} as const;

const titleOf = (change: Change, shown: string | undefined) => {
  if (change.type === "restore") return change.content.title;
  return change.type === "complete" ? (shown ?? "The todo") : change.title;
};

/**
 * What to say of a change that failed.
 * @param shown the title that the todo has on the screen
 * @param newId gives ids to notices and keys to new todos
 * @returns nothing if there is nothing to say
 */
export function noticeOf(
  change: Change,
  error: unknown,
  shown: string | undefined,
  newId: () => string,
): Notice | undefined {
  if (reasonOf(error) instanceof SignedOutError) return undefined;
  if (error instanceof TitleConflictError && change.type === "rename")
    return { id: newId(), kind: "conflict", change, theirs: error.theirs };
  if (error instanceof TodoMissingError) {
    // What was typed is the person's own: it can become a todo again.
    if (change.type !== "rename")
      return { id: newId(), kind: "failed", text: `“${titleOf(change, shown)}” was deleted elsewhere.` };
    const text = `The todo that you renamed “${change.title}” was deleted elsewhere.`;
    const add: Change = { type: "create", key: newId(), title: change.title };
    return { id: newId(), kind: "failed", text, retry: { name: "Add it again", change: add } };
  }
  const text = `“${titleOf(change, shown)}” could not be ${attempted[change.type]}. ${problemInWords(error)}`;
  return { id: newId(), kind: "failed", text, retry: { name: "Try again", change } };
}
