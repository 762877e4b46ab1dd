import { nameLength } from "@daybook/core/list/list.limits";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { trimmed } from "../../lib/length.ts";

interface ListNameEditorProps {
  readonly label: string;
  readonly base?: string;
  readonly placeholder?: string;
  onSave(name: string): void;
  onClose(): void;
}

/** The name of a list while it is written: Enter and leaving the field save, Escape cancels, and nothing typed is nothing done. */
export function ListNameEditor({ label, base = "", placeholder, onSave, onClose }: ListNameEditorProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const closed = useRef(false);
  const [error, setError] = useState("");

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  function close() {
    closed.current = true;
    onClose();
  }

  function save() {
    if (closed.current) return;
    const typed = field.current?.value.trim() ?? "";
    if (typed === "" || typed === base) {
      close();
      return;
    }
    const { text, error } = trimmed(typed, nameLength);
    setError(error);
    if (error) return;
    close();
    onSave(text);
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // The drawer around it would close with Escape, too.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") save();
    else close();
  };

  return (
    <div className="py-1">
      <input
        ref={field}
        dir="auto"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        autoComplete="off"
        enterKeyHint="done"
        defaultValue={base}
        placeholder={placeholder}
        onKeyDown={onKeyDown}
        onBlur={save}
        className="block min-h-10 w-full rounded-md border border-edge bg-sheet px-2.5 text-base text-ink placeholder:text-muted"
      />
      {error && (
        <p id={id} role="alert" className="mt-1 px-2.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
