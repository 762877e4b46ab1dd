import { titleLength } from "@daybook/core/todo/todo.limits";
import { type RefObject, type SubmitEvent, useEffect, useId, useState } from "react";
import { trimmed } from "../../lib/length.ts";
import { askBeforeLeaving } from "../../lib/ui/refused.ts";
import { todoWords } from "../../words/todo.ts";

const words = todoWords.newTodo;

/** Where a todo is typed; Enter adds it. It stays in sight while the list is long. */
export function NewTodo({ ref, onAdd }: { ref: RefObject<HTMLInputElement | null>; onAdd: (title: string) => void }) {
  const id = useId();
  const [title, setTitle] = useState("");
  const [error, setError] = useState("");

  useEffect(askBeforeLeaving, []);
  useEffect(() => {
    // With a keyboard at hand one can type at once; on a phone the keyboard would cover the list.
    const idle = document.activeElement === document.body || document.activeElement?.matches("h1");
    if (idle && matchMedia("(pointer: fine)").matches) ref.current?.focus({ preventScroll: true });
  }, [ref]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (title.trim() === "") return;
    const { text, error } = trimmed(title, titleLength);
    setError(error);
    if (error) return;
    onAdd(text);
    setTitle("");
  }

  return (
    <form onSubmit={submit} noValidate>
      <input
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
        onChange={({ target }) => {
          setTitle(target.value);
          if (error) setError(trimmed(target.value, titleLength).error);
        }}
        className="block min-h-14 w-full bg-transparent pr-4 pl-[calc(var(--spacing-margin)+1rem)] text-lg outline-none text-ink placeholder:text-muted"
      />
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
