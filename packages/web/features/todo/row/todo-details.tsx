import { notesLength, titleLength } from "@daybook/core/todo/todo.limits";
import { Trash2 } from "lucide-react";
import type { MouseEvent } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { lengthInWords, trimmed } from "../../../lib/length.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { focusRefused } from "../../../lib/ui/form/refused.ts";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import type { Edits } from "../../sync/state/state.ts";
import type { ShownTodo } from "../use-todos.ts";
import { DueField, isDue } from "./due-field.tsx";
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

/** The details of a todo. Changes are saved automatically. A value that cannot be saved keeps the dialog open. */
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

  function close() {
    for (const draft of [title, notes, due]) draft.flush();
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
      actions={
        <>
          <Button
            look="quiet"
            className="mr-auto px-3 text-danger!"
            onClick={() => {
              onClose();
              onDelete();
            }}
          >
            <Trash2 aria-hidden className="size-5" />
            {todoWords.menu.remove}
          </Button>
          <Button look="primary" onClick={finish}>
            {words.done}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <Field
          name="title"
          label={words.name}
          dir="auto"
          autoComplete="off"
          value={title.text}
          error={titleOf(title.text).error}
          onChange={(event) => title.change(event.target.value)}
          onBlur={title.flush}
          onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && title.flush()}
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
