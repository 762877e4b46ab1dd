import { notesLength, titleLength } from "@daybook/core/todo/todo.limits";
import { Trash2 } from "lucide-react";
import type { MouseEvent } from "react";
import { common } from "../../../copy/common.ts";
import { todoWords } from "../../../copy/todo.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { lengthInWords, trimmed } from "../../../lib/length.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { focusRefused } from "../../../lib/ui/form/refused.ts";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { WrappedField } from "../../../lib/ui/form/wrapped-field.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import type { Edits } from "../../sync/state/state.ts";
import { DueField, isDue } from "../due/due-field.tsx";
import type { ShownTodo } from "../use-todos.ts";
import { useAutosave } from "./use-autosave.ts";

interface TodoDetailsProps {
  readonly todo: ShownTodo;
  onClose(): void;
  /** @param seen the values of the edited members when the user started */
  onEdit(edits: Edits, seen: Edits): void;
  onDelete(): void;
}

const words = todoWords.details;

const titleOf = (typed: string) => trimmed(typed, titleLength, words.noTitle);

/**
 * The details of a todo. Changes are saved automatically, and Cancel reverts them. A value that cannot be saved keeps
 * the dialog open.
 */
export function TodoDetails({ todo, onClose, onEdit, onDelete }: TodoDetailsProps) {
  const title = useAutosave(todo.title, {
    save(typed, base) {
      const { text, error } = titleOf(typed);
      if (!error && text !== base) onEdit({ title: text }, { title: base });
      return !error;
    },
  });
  const notes = useAutosave(todo.notes, {
    save(text, base) {
      const fits = lengthInWords(text, notesLength) === undefined;
      if (fits) onEdit({ notes: text }, { notes: base });
      return fits;
    },
  });
  const updateDue = (day: string, base: string) => onEdit({ dueDate: day || null }, { dueDate: base || null });
  const due = useAutosave(todo.dueDate ?? "", {
    savesOnPause: false,
    save(day, base) {
      if (isDue(day)) updateDue(day, base);
      return isDue(day);
    },
  });

  const drafts = [title, notes, due];
  function close() {
    for (const draft of drafts) draft.flush();
    onClose();
  }
  function cancel() {
    for (const draft of drafts) draft.revert();
    onClose();
  }
  function finish({ currentTarget }: MouseEvent) {
    if (!focusRefused(currentTarget.closest("[role=dialog]") ?? document)) close();
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title={words.title}
      closedByActions
      actions={
        <>
          <Button
            look="quiet"
            className="mr-auto -ml-5 text-danger!"
            onClick={() => {
              onClose();
              onDelete();
            }}
          >
            <Trash2 aria-hidden className="size-5" />
            {todoWords.menu.remove}
          </Button>
          <Button onClick={cancel}>{common.cancel}</Button>
          <Button look="primary" onClick={finish}>
            {words.done}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <WrappedField
          name="title"
          label={words.name}
          dir="auto"
          autoComplete="off"
          value={title.text}
          error={titleOf(title.text).error}
          onChange={title.change}
          onBlur={title.flush}
          onEnter={title.flush}
        />
        <TextArea
          name="notes"
          label={words.notes}
          placeholder={words.notesPlaceholder}
          dir="auto"
          value={notes.text}
          error={lengthInWords(notes.text, notesLength)}
          onChange={(event) => notes.change(event.target.value)}
          onBlur={notes.flush}
        />
        <DueField due={due} />
        <p className="text-sm text-muted">
          {todo.createdAt && words.created(momentInWords(todo.createdAt))}
          {todo.completed && todo.completedAt && (
            <>
              <br />
              {words.completed(momentInWords(todo.completedAt))}
            </>
          )}
        </p>
      </div>
    </Dialog>
  );
}
