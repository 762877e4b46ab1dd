import clsx from "clsx";
import { todoWords } from "../../copy/todo.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import type { Show, UrlState } from "../url-state/url-state.ts";
import { UrlStateLink } from "../url-state/url-state-link.tsx";
import type { ShownTodo } from "./use-todos.ts";

const shows: readonly Show[] = ["all", "active", "completed"];

interface TodoFooterProps {
  readonly todos: readonly ShownTodo[];
  readonly urlState: UrlState;
  onClear(): void;
}

/** The number of open todos, the filters, and the button that clears completed todos. */
export function TodoFooter({ todos, urlState, onClear }: TodoFooterProps) {
  const left = todos.filter(({ completed }) => !completed).length;
  return (
    <footer className="flex flex-wrap items-center gap-x-6 gap-y-1 pt-3 text-sm text-muted print:hidden">
      <p data-testid="todo-count" className="mr-auto tabular-nums">
        {todoWords.left(left)}
      </p>
      <nav aria-label={todoWords.filters.label} className="-mx-2 flex">
        {shows.map((show) => (
          <UrlStateLink
            key={show}
            to={{ ...urlState, show }}
            aria-current={urlState.show === show ? "page" : undefined}
            // The public TodoMVC test suites look for the class "selected".
            className={clsx(
              "inline-flex min-h-11 items-center rounded-md px-2.5 hover:text-ink",
              urlState.show === show &&
                "selected font-semibold text-ink underline decoration-margin decoration-2 underline-offset-8",
            )}
          >
            {todoWords.filters[show]}
          </UrlStateLink>
        ))}
      </nav>
      {left < todos.length && (
        <TextButton onClick={onClear} className="min-h-11">
          {todoWords.clearCompleted}
        </TextButton>
      )}
    </footer>
  );
}
