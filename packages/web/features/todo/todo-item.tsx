import clsx from "clsx";
import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from "react";
import { IconButton } from "../../lib/ui/button.tsx";
import { BinIcon, PencilIcon } from "../../lib/ui/icons.tsx";
import { TitleEditor } from "./title-editor.tsx";
import type { ShownItem } from "./todo-list.ts";

interface TodoItemProps {
  readonly item: ShownItem;
  onComplete(completed: boolean): void;
  onRename(title: string, base: string): void;
  onDelete(): void;
}

/** One todo of the list: a double click, F2 or the pencil edits it. */
export function TodoItem({ item, onComplete, onRename, onDelete }: TodoItemProps) {
  const titleId = useId();
  const pencil = useRef<HTMLButtonElement>(null);
  /** The title that the person saw when they began to edit; nothing while nobody edits. */
  const [base, setBase] = useState<string>();

  function close({ refocus }: { refocus: boolean }) {
    setBase(undefined);
    // The pencil is there again only after the next render.
    if (refocus) requestAnimationFrame(() => pencil.current?.focus());
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "F2" || base !== undefined) return;
    event.preventDefault();
    setBase(item.title);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const onControl = event.target instanceof Element && event.target.closest("button, input");
    if (!onControl) setBase(item.title);
  };

  return (
    <li
      data-testid="todo-item"
      data-key={item.key}
      // The public suites for todo lists look for this one word.
      className={item.completed ? "completed" : undefined}
      onKeyDown={onKeyDown}
      onDoubleClick={onDoubleClick}
    >
      {base === undefined ? (
        <div className="group flex min-h-14 items-center">
          <span className="grid size-14 shrink-0 place-items-center">
            <input
              type="checkbox"
              aria-labelledby={titleId}
              checked={item.completed}
              onChange={(event) => onComplete(event.target.checked)}
              className="size-5 accent-accent"
            />
          </span>
          <span
            id={titleId}
            data-testid="todo-title"
            className={clsx("min-w-0 flex-1 py-3.5 break-words", item.completed && "text-muted line-through")}
          >
            {item.title}
          </span>
          <span className="flex hover-reveal">
            <IconButton ref={pencil} label={`Edit ${item.title}`} onClick={() => setBase(item.title)}>
              <PencilIcon />
            </IconButton>
            <IconButton label={`Delete ${item.title}`} onClick={onDelete}>
              <BinIcon />
            </IconButton>
          </span>
        </div>
      ) : (
        <TitleEditor base={base} onSave={(title) => onRename(title, base)} onEmpty={onDelete} onClose={close} />
      )}
    </li>
  );
}
