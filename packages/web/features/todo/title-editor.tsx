import { titleLength } from "@daybook/core/todo/todo.limits";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { trimmed } from "../../lib/length.ts";
import { todoWords } from "../../words/todo.ts";

interface TitleEditorProps {
  /** The title to start from. */
  readonly base: string;
  onSave(title: string): void;
  /** Nothing is left of the title. */
  onEmpty(): void;
  onClose(how: { refocus: boolean }): void;
}

/** A title while it is edited: Enter and leaving the field save, Escape cancels, and what is not a title stays until it is one. */
export function TitleEditor({ base, onSave, onEmpty, onClose }: TitleEditorProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const closed = useRef(false);
  const [error, setError] = useState("");

  function close(refocus: boolean) {
    closed.current = true;
    onClose({ refocus });
  }

  function save(refocus: boolean) {
    // A field that is taken away loses the focus, too: it has been dealt with already.
    if (closed.current) return;
    const typed = input.current?.value ?? base;
    if (typed.trim() === "") {
      close(false);
      onEmpty();
      return;
    }
    const { text, error } = trimmed(typed, titleLength);
    setError(error);
    if (error) return;
    if (text !== base) onSave(text);
    close(refocus);
  }

  const onBlur = useEffectEvent(() => save(false));
  useEffect(() => {
    const field = input.current;
    field?.focus();
    field?.select();
    // React's own onBlur hears only what bubbles; a `blur` that a script dispatches does not.
    const listener = ({ relatedTarget }: FocusEvent) => {
      // A dialog over the page borrows the focus, such as the one that asks to sign in again; the edit goes on after it.
      if (relatedTarget instanceof Element && relatedTarget.closest("[role=dialog]")) return;
      onBlur();
    };
    field?.addEventListener("blur", listener);
    return () => field?.removeEventListener("blur", listener);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") save(true);
    if (event.key === "Escape") close(true);
  };

  return (
    <div className="py-1 pr-2 pl-[calc(var(--spacing-margin)+0.5rem)]">
      <input
        ref={input}
        dir="auto"
        aria-label={todoWords.row.edit}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        autoComplete="off"
        enterKeyHint="done"
        defaultValue={base}
        onKeyDown={onKeyDown}
        className="block min-h-11 w-full rounded-md border border-edge bg-sheet px-2 text-base text-ink"
      />
      {error && (
        <p id={id} role="alert" className="mt-1 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
