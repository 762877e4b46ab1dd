import { X } from "lucide-react";
import { type MouseEvent, memo, useEffect, useId, useRef, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { Checkbox } from "../../../lib/ui/form/checkbox.tsx";
import type { ShownTodo } from "../use-todos.ts";
import { hearRowKey } from "./row-keys.ts";
import { RowMenu } from "./row-menu.tsx";
import { TitleEditor } from "./title-editor.tsx";
import { TodoText } from "./todo-text.tsx";

/** The actions of all rows: one object that does not change between renders. */
export interface RowActions {
  complete(key: string, completed: boolean): void;
  rename(todo: ShownTodo, title: string, base: string): void;
  remove(key: string): void;
  move(key: string, by: 1 | -1): void;
  open(key: string): void;
}

interface TodoRowProps {
  readonly todo: ShownTodo;
  readonly offline: boolean;
  readonly actions: RowActions;
}

/**
 * The members that a row shows. Every change creates new todo objects, but only rows whose members differ render again.
 */
const shows = ["key", "title", "completed", "notes", "dueDate", "state"] as const;

const isSame = (a: TodoRowProps, b: TodoRowProps) =>
  a.actions === b.actions && a.offline === b.offline && shows.every((part) => a.todo[part] === b.todo[part]);

/** One todo of the list. A double click, F2 or the menu edits its title. */
export const TodoRow = memo(function TodoRow({ todo, offline, actions }: TodoRowProps) {
  const { key, title, completed, state } = todo;
  const titleId = useId();
  const checkbox = useRef<HTMLInputElement>(null);
  /** The title when editing started; undefined while the row is not edited. */
  const [base, setBase] = useState<string>();
  const [refocus, setRefocus] = useState(false);

  // Focuses the checkbox after the editor has closed, because it is not rendered before.
  useEffect(() => {
    if (!refocus) return;
    setRefocus(false);
    checkbox.current?.focus();
  }, [refocus]);

  function close(how: { refocus: boolean }) {
    setBase(undefined);
    setRefocus(how.refocus);
  }

  const edit = () => setBase(title);
  const open = () => actions.open(key);
  const remove = () => actions.remove(key);
  const move = (by: 1 | -1) => actions.move(key, by);

  if (base !== undefined)
    return (
      <li data-testid="todo-item" data-row={key} className={completed ? "completed editing" : "editing"}>
        <TitleEditor
          base={base}
          onSave={(written) => actions.rename(todo, written, base)}
          onEmpty={remove}
          onClose={close}
        />
      </li>
    );
  return (
    <li
      data-testid="todo-item"
      data-row={key}
      // The public TodoMVC test suites look for the classes "completed" and "editing".
      className={completed ? "completed" : undefined}
      onKeyDown={(event) => hearRowKey(event, { edit, open, remove, move })}
      onDoubleClick={(event) => !isOnControl(event) && edit()}
    >
      <div className="flex items-start">
        <label htmlFor={`${titleId}-box`} className="grid h-row w-margin shrink-0 place-items-center">
          <Checkbox
            ref={checkbox}
            id={`${titleId}-box`}
            aria-labelledby={titleId}
            checked={completed}
            onChange={(checked) => actions.complete(key, checked)}
          />
        </label>
        <TodoText
          todo={todo}
          unsent={state === "waiting" || (offline && state === "saving")}
          titleId={titleId}
          onTap={open}
        />
        <span className="flex shrink-0 items-center py-1">
          <IconButton label={todoWords.row.remove(title)} onClick={remove} className="hover-only">
            <X aria-hidden className="size-4.5" />
          </IconButton>
          <RowMenu title={title} onDetails={open} onRename={edit} onMove={move} onDelete={remove} />
        </span>
      </div>
    </li>
  );
}, isSame);

const isOnControl = ({ target }: MouseEvent) =>
  target instanceof Element && target.closest("button, input, label") !== null;
