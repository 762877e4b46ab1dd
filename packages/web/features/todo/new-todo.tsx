import { TodoTitle } from "@daybook/core/todo/todo";
import { type RefObject, type SubmitEvent, useEffect, useId, useState } from "react";

/** Where a todo is typed; Enter adds it. */
export function NewTodo({ ref, onAdd }: { ref: RefObject<HTMLInputElement | null>; onAdd: (title: string) => void }) {
  const id = useId();
  const [title, setTitle] = useState("");
  const [error, setError] = useState("");

  useEffect(() => {
    // With a keyboard at hand one can type at once; on a phone the keyboard would cover the list.
    const idle = document.activeElement === document.body || document.activeElement?.matches("h1");
    if (idle && matchMedia("(pointer: fine)").matches) ref.current?.focus({ preventScroll: true });
  }, [ref]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (title.trim() === "") return;
    const parsed = TodoTitle.safeParse(title);
    setError(parsed.error?.issues[0]?.message ?? "");
    if (!parsed.success) return;
    onAdd(parsed.data);
    setTitle("");
  }

  return (
    <form onSubmit={submit} className="mt-8 mb-4">
      <input
        ref={ref}
        aria-label="New todo"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        placeholder="What needs to be done?"
        autoComplete="off"
        enterKeyHint="done"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        className="block min-h-13 w-full rounded-lg border border-edge bg-sheet px-4 text-lg text-ink placeholder:text-muted"
      />
      {error && (
        <p id={id} role="alert" className="mt-1.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </form>
  );
}
