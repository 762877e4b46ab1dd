import clsx from "clsx";
import { CloudOff, NotebookText } from "lucide-react";
import type { MouseEvent } from "react";
import { todoWords } from "../../../copy/todo.ts";
import type { Day } from "../../../lib/dates.ts";
import { DueButton } from "../due/due-button.tsx";
import type { ShownTodo } from "../use-todos.ts";

const words = todoWords.row;

interface TodoTextProps {
  readonly todo: ShownTodo;
  /** Whether the shown state is not on the server, and will not be soon. */
  readonly unsent: boolean;
  /** The id of the title, which labels the row's checkbox. */
  readonly titleId: string;
  onClick(event: MouseEvent): void;
  /** @param base the date when the user started */
  onDue(day: Day | null, base: Day | null): void;
}

/**
 * The text of a row: the title, and the other details beside or below it. Only the title's length, notes and a due date
 * change the height of a row: "Not saved yet" is in the space below the text.
 */
export function TodoText({ todo, unsent, titleId, onClick, onDue }: TodoTextProps) {
  const { title, completed, notes, dueDate } = todo;
  const hasMore = notes !== "" || dueDate !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu and the Enter key do the same.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      onClick={onClick}
      className="relative flex min-w-0 flex-1 cursor-pointer flex-wrap items-start gap-x-4 gap-y-0.5 py-3.5 pl-4"
    >
      <p dir="auto" className="min-w-0 flex-[1_1_14rem] leading-6 wrap-anywhere">
        <span id={titleId} data-testid="todo-title" className="todo-title">
          {title}
        </span>
      </p>
      <div className={clsx("flex h-6 items-center gap-x-3 text-sm text-muted", !hasMore && pointerOnly)}>
        {notes && <NotebookText aria-label={words.hasNotes} role="img" className="size-4" />}
        <DueButton
          day={dueDate}
          completed={completed}
          onChange={onDue}
          className={clsx(
            "h-6 min-w-6",
            dueDate === null && "hover-reveal",
            dueDate === null && pointerOnly,
            dueDate === null && "print:hidden",
          )}
        />
      </div>
      {unsent && (
        <p
          title={words.waitingHint}
          className="absolute bottom-0.5 left-4 flex items-center gap-1 text-xs leading-none text-muted"
        >
          <CloudOff aria-hidden="true" className="size-3" />
          {words.waiting}
        </p>
      )}
    </div>
  );
}

/** Narrow rows and touch screens have no room for it. There, a tap opens the details, which have the date. */
const pointerOnly = "max-sm:hidden [@media(hover:none)]:hidden";
