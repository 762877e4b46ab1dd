import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useGuardedClose } from "../overlay/discard-question.tsx";

interface LineEditorProps {
  readonly label: string;
  /** The text to start from. */
  readonly base: string;
  readonly placeholder?: string | undefined;
  readonly className?: string;
  /** The text as it is to be saved, and why it cannot be. */
  check(typed: string): { readonly text: string; readonly error: string };
  /** Gets a text that differs from `base`. */
  onSave(text: string): void;
  /** @param refocus whether the focus goes back to where it was before */
  onClose(how: { refocus: boolean }): void;
  /** Nothing is left of the text. Without it an empty text is checked as any other. */
  onEmpty?: (() => void) | undefined;
}

/** A line that is edited in its place: Enter and leaving it save, Escape cancels, and a refused text stays. */
export function LineEditor({ label, base, placeholder, className, check, onSave, onClose, onEmpty }: LineEditorProps) {
  const id = useId();
  const editor = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const closed = useRef(false);
  const [error, setError] = useState("");

  function end(refocus: boolean) {
    closed.current = true;
    onClose({ refocus });
  }
  const { close, question } = useGuardedClose(editor, () => end(true));

  function save(refocus: boolean) {
    // A field that is taken away loses the focus, too: it has been dealt with already.
    if (closed.current) return;
    const typed = input.current?.value ?? base;
    if (onEmpty && typed.trim() === "") {
      end(false);
      onEmpty();
      return;
    }
    const { text, error } = check(typed);
    setError(error);
    if (error) return;
    end(refocus);
    if (text !== base) onSave(text);
  }

  const onLeave = useEffectEvent(() => save(false));
  const onTaken = useEffectEvent((typed: string) => {
    const { text, error } = check(typed);
    if (!closed.current && !error && text !== base) onSave(text);
  });
  useEffect(() => {
    const field = input.current;
    field?.focus();
    field?.select();
    const leaving = new AbortController();
    const { signal } = leaving;
    // React's own onBlur hears only what bubbles; a `blur` that a script dispatches does not.
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      // A dialog over the page borrows the focus, such as the one that asks to sign in again; the edit goes on after it.
      const isBorrowed = relatedTarget instanceof Element && relatedTarget.closest("[role=dialog]");
      const isOwn = relatedTarget instanceof Node && editor.current?.contains(relatedTarget);
      if (isOwn || (isBorrowed && !isBorrowed.contains(field))) return;
      onLeave();
    };
    field?.addEventListener("blur", onBlur, { signal });
    window.addEventListener("pagehide", () => onLeave(), { signal });
    return () => {
      leaving.abort();
      // What it stands in went, such as a todo that was deleted elsewhere: what was typed does not go with it.
      onTaken(field?.value ?? "");
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    if (event.key === "Enter" && event.target !== input.current) return;
    event.preventDefault();
    // The row around it hears keys, too.
    event.stopPropagation();
    if (event.key === "Enter") save(true);
    // Of an emptied line there is nothing to keep.
    else if (input.current?.value.trim() === "") end(true);
    else close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field and of the question below it.
    <div ref={editor} data-line-editor onKeyDown={onKeyDown} className={className}>
      <input
        ref={input}
        dir="auto"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        autoComplete="off"
        enterKeyHint="done"
        defaultValue={base}
        placeholder={placeholder}
        onChange={({ target }) => error && setError(check(target.value).error)}
        className="block min-h-11 w-full rounded-md border border-edge bg-sheet px-2 text-base text-ink placeholder:text-muted"
      />
      {error && (
        <p id={id} role="alert" className="mt-1 px-2 text-sm font-medium text-danger">
          {error}
        </p>
      )}
      {question}
    </div>
  );
}
