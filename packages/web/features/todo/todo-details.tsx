import { lengthProblem } from "@daybook/core/length";
import { notesLength, titleLength } from "@daybook/core/todo/todo.limits";
import { Trash2 } from "lucide-react";
import { momentInWords } from "../../lib/dates.ts";
import { trimmed } from "../../lib/length.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Dialog } from "../../lib/ui/dialog.tsx";
import { Field } from "../../lib/ui/field.tsx";
import { TextArea } from "../../lib/ui/text-area.tsx";
import { todoWords } from "../../words/todo.ts";
import { DueField } from "./due-field.tsx";
import { useDraft } from "./use-draft.ts";
import type { ShownTodo, TodoChanges } from "./use-todos.ts";

interface TodoDetailsProps {
  readonly todo: ShownTodo;
  onClose(): void;
  onUpdate(key: string, edits: TodoChanges, seen: TodoChanges): void;
  onRename(key: string, title: string, base: string): void;
  onDelete(key: string): void;
}

const words = todoWords.details;

/** All that there is to a todo. Everything is kept as it is typed: there is nothing to save or to cancel. */
export function TodoDetails({ todo, onClose, onUpdate, onRename, onDelete }: TodoDetailsProps) {
  const { key } = todo;
  const title = useDraft(todo.title, (text, base) => {
    const typed = trimmed(text, titleLength);
    if (!typed.error && typed.text !== base) onRename(key, typed.text, base);
    return !typed.error;
  });
  const notes = useDraft(todo.notes ?? "", (text, base) => {
    const fits = lengthProblem(text, notesLength) === undefined;
    if (fits) onUpdate(key, { notes: text }, { notes: base });
    return fits;
  });
  const due = useDraft(todo.dueDate ?? "", (text, base) => {
    onUpdate(key, { dueDate: text || null }, { dueDate: base || null });
    return true;
  });
  const drafts = [title, notes, due];

  function close() {
    for (const draft of drafts) draft.flush();
    onClose();
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
              onDelete(key);
            }}
          >
            <Trash2 aria-hidden className="size-5" />
            {todoWords.menu.remove}
          </Button>
          <Button look="primary" onClick={close}>
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
          error={trimmed(title.text, titleLength).error}
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
          error={lengthProblem(notes.text, notesLength)}
          onChange={(event) => notes.change(event.target.value)}
          onBlur={notes.flush}
        />
        <DueField value={due.text} onChange={due.change} onLeave={due.flush} />
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
