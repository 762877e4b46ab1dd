import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useGuardedClose } from "../overlay/discard-question.tsx";

interface LineEditorProps {
  readonly label: string;
  /** The text when editing started. */
  readonly base: string;
  readonly placeholder?: string | undefined;
  readonly className?: string;
  /** Returns the text to save, and an error if it cannot be saved. */
  check(typed: string): { readonly text: string; readonly error: string };
  /** Called only with a text that differs from `base`. */
  onSave(text: string): void;
  /** @param refocus whether to return the focus to the element that had it before */
  onClose(how: { refocus: boolean }): void;
  /** Called when the text was emptied. Without it, an empty text is validated like any other. */
  onEmpty?: (() => void) | undefined;
}

/**
 * A line of text edited in place. Enter and losing the focus save it, Escape cancels, and an invalid text keeps the
 * editor open.
 */
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
    // Removing the field also blurs it; the edit is already closed then.
    if (closed.current) return;
    const typed = input.current?.value ?? base;
    if (onEmpty && typed.trim() === "") {
      end(refocus);
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
    // A native listener, because React's onBlur listens for the bubbling `focusout`, which a dispatched `blur` does not
    // cause.
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      // A dialog, such as the one for signing in again, takes the focus only temporarily. The edit continues after it.
      const isBorrowed = relatedTarget instanceof Element && relatedTarget.closest("[role=dialog]");
      const isOwn = relatedTarget instanceof Node && editor.current?.contains(relatedTarget);
      if (isOwn || (isBorrowed && !isBorrowed.contains(field))) return;
      onLeave();
    };
    field?.addEventListener("blur", onBlur, { signal });
    window.addEventListener("pagehide", () => onLeave(), { signal });
    return () => {
      leaving.abort();
      // The editor was unmounted, for example because its todo was deleted elsewhere. Saves the typed text.
      onTaken(field?.value ?? "");
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    if (event.key === "Enter" && event.target !== input.current) return;
    event.preventDefault();
    // The surrounding row also handles keys.
    event.stopPropagation();
    if (event.key === "Enter") save(true);
    // An emptied line has nothing to lose, so it closes without a question.
    else if (input.current?.value.trim() === "") end(true);
    else close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles the keys of the field and of the question below it.
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
