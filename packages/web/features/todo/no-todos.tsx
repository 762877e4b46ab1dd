import { todoWords } from "../../copy/todo.ts";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import type { Show } from "../url-state/url-state.ts";

interface NoTodosProps {
  readonly kind: "inbox" | "list";
  readonly show: Show;
  /** Whether the list contains todos that the filter hides. */
  readonly others: boolean;
}

/** The empty state of a list or filter. */
export function NoTodos({ kind, show, others }: NoTodosProps) {
  const [title, text] =
    todoWords.empty[show === "completed" ? "completed" : show === "active" && others ? "active" : kind];
  return <EmptyState title={title}>{text}</EmptyState>;
}
