import { titleLength } from "@daybook/core/todo/todo.limits";
import { type RefObject, type SubmitEvent, useEffect, useId, useState } from "react";
import { todoWords } from "../../copy/todo.ts";
import type { Day } from "../../lib/dates.ts";
import { trimmed } from "../../lib/length.ts";
import { usePerson } from "../session/use-session.ts";
import { DueButton } from "./due/due-button.tsx";
import { newTodoDrafts } from "./new-todo-draft.ts";

const words = todoWords.newTodo;

interface NewTodoProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  /** The key of the list. */
  readonly list: string;
  onAdd(title: string, dueDate: Day | null): void;
}

/**
 * The field for a new todo and its due date; Enter adds it. It stays visible while the list scrolls, and keeps what is
 * not submitted.
 */
export function NewTodo({ ref, list, onAdd }: NewTodoProps) {
  const id = useId();
  const userId = usePerson()?.id ?? "";
  const [drafts] = useState(() => newTodoDrafts(userId));
  const [title, setTitle] = useState(() => drafts.get(list) ?? "");
  const [due, setDue] = useState<Day | null>(() => drafts.get(dueOf(list)) ?? null);
  const [error, setError] = useState("");

  useEffect(() => {
    // Focuses the field so that the user can type at once. Not on touch screens, whose keyboard would cover the list.
    const idle = document.activeElement === document.body || document.activeElement?.matches("h1");
    if (idle && matchMedia("(pointer: fine)").matches) ref.current?.focus({ preventScroll: true });
  }, [ref]);

  function change(typed: string) {
    setTitle(typed);
    drafts.set(list, typed.trim() === "" ? undefined : typed);
    if (error) setError(trimmed(typed, titleLength).error);
  }
  function changeDue(day: Day | null) {
    setDue(day);
    drafts.set(dueOf(list), day ?? undefined);
  }
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (title.trim() === "") return;
    const { text, error } = trimmed(title, titleLength);
    setError(error);
    if (error) return;
    onAdd(text, due);
    change("");
    changeDue(null);
  }

  return (
    <form onSubmit={submit} noValidate>
      <div className="flex items-center">
        <input
          data-kept
          ref={ref}
          data-new-todo
          dir="auto"
          aria-label={words.label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          placeholder={words.placeholder}
          autoComplete="off"
          enterKeyHint="done"
          value={title}
          onChange={({ target }) => change(target.value)}
          className="block min-h-14 min-w-0 flex-1 bg-transparent pr-2 pl-[calc(var(--spacing-margin)+1rem)] text-lg outline-none text-ink placeholder:text-muted"
        />
        <DueButton
          day={due}
          onChange={changeDue}
          onChosen={() => ref.current?.focus()}
          className="grid min-h-control min-w-control place-items-center px-2 text-muted"
        />
      </div>
      {error && (
        <p
          id={id}
          role="alert"
          className="pr-4 pb-2 pl-[calc(var(--spacing-margin)+1rem)] text-sm font-medium text-danger"
        >
          {error}
        </p>
      )}
    </form>
  );
}

/** The name under which the due date of a list's unsubmitted todo is stored. */
const dueOf = (list: string) => `${list}.due`;
