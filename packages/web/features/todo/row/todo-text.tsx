import { CloudOff, NotebookText } from "lucide-react";
import type { MouseEvent } from "react";
import { todoWords } from "../../../copy/todo.ts";
import type { ShownTodo } from "../use-todos.ts";
import { DueChip } from "./due-chip.tsx";

const words = todoWords.row;

interface TodoTextProps {
  readonly todo: ShownTodo;
  /** Whether the shown state is not on the server, and will not be soon. */
  readonly unsent: boolean;
  /** The id of the title, which labels the row's checkbox. */
  readonly titleId: string;
  /** Opens the details on a tap, because touch screens have neither double click nor keys. */
  onTap(): void;
}

/** The text of a row: the title, and the other details beside or below it. */
export function TodoText({ todo, unsent, titleId, onTap }: TodoTextProps) {
  const { title, completed, notes, dueDate } = todo;
  const tap = ({ nativeEvent }: MouseEvent) => {
    if (nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch") onTap();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu and the Enter key do the same.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div onClick={tap} className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5 py-3.5 pl-4">
      <p dir="auto" className="min-w-0 flex-[1_1_14rem] leading-6 wrap-anywhere">
        <span id={titleId} data-testid="todo-title" className="todo-title">
          {title}
        </span>
      </p>
      {(notes || dueDate || unsent) && (
        <p className="flex items-baseline gap-x-3 text-sm leading-6 text-muted">
          {unsent && (
            <span title={words.waitingHint} className="flex items-center gap-1.5">
              <CloudOff aria-hidden="true" className="size-4" />
              {words.waiting}
            </span>
          )}
          {notes && <NotebookText aria-label={words.hasNotes} role="img" className="size-4 self-center" />}
          {dueDate && <DueChip day={dueDate} completed={completed} />}
        </p>
      )}
    </div>
  );
}
