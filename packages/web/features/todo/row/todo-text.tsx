import { CloudOff, NotebookText } from "lucide-react";
import type { MouseEvent } from "react";
import { todoWords } from "../../../copy/todo.ts";
import type { ShownTodo } from "../use-todos.ts";
import { DueChip } from "./due-chip.tsx";

const words = todoWords.row;

interface TodoTextProps {
  readonly todo: ShownTodo;
  /** Whether the server does not know what is shown, and for some time will not. */
  readonly unsent: boolean;
  /** The id of the title, which is the name of the row's checkbox. */
  readonly titleId: string;
  /** A finger has no double click and no keys: where it taps, the details open. */
  onTap(): void;
}

/** What is written in a row: the title, and what else there is to know, beside it or below. */
export function TodoText({ todo, unsent, titleId, onTap }: TodoTextProps) {
  const { title, completed, notes, dueDate } = todo;
  const tap = ({ nativeEvent }: MouseEvent) => {
    if (nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch") onTap();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever does not tap has the menu and the Enter key.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
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
