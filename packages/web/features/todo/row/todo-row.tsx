import { titleLength } from "@daybook/core/todo/todo.limits";
import clsx from "clsx";
import { X } from "lucide-react";
import { type MouseEvent, memo, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { todoWords } from "../../../copy/todo.ts";
import { trimmed } from "../../../lib/length.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { Checkbox } from "../../../lib/ui/form/checkbox.tsx";
import { LineEditor } from "../../../lib/ui/form/line-editor.tsx";
import { runKey } from "../../keyboard/run-key.ts";
import type { Edits } from "../../sync/state/state.ts";
import type { ShownTodo } from "../use-todos.ts";
import { focusNeighbour } from "./row-focus.ts";
import { RowMenu } from "./row-menu.tsx";
import { TodoText } from "./todo-text.tsx";

/** The actions of all rows: one object, so that a new render of the list does not render a thousand rows again. */
export interface RowActions {
  complete(todo: ShownTodo, completed: boolean): void;
  /** @param seen the values of the edited members when the user started */
  edit(todo: ShownTodo, edits: Edits, seen: Edits): void;
  remove(todo: ShownTodo): void;
  move(todo: ShownTodo, by: 1 | -1): void;
  open(todo: ShownTodo): void;
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

/** Milliseconds within which a second click makes a double click, which edits the title. */
const doubleClickMs = 250;

/** One todo of the list. A click or a tap opens its details. A double click, F2 or the menu edits its title. */
export const TodoRow = memo(function TodoRow({ todo, offline, actions }: TodoRowProps) {
  const { key, title, completed, state } = todo;
  const titleId = useId();
  const checkbox = useRef<HTMLInputElement>(null);
  /** The title when editing started; undefined while the row is not edited. */
  const [base, setBase] = useState<string>();

  function close({ refocus }: { refocus: boolean }) {
    if (!refocus) return setBase(undefined);
    // Renders the checkbox now, so that it can take the focus.
    flushSync(() => setBase(undefined));
    checkbox.current?.focus();
  }
  const edit = () => setBase(title);
  const open = () => actions.open(todo);
  const remove = () => actions.remove(todo);

  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(opening.current), []);
  function press(event: MouseEvent) {
    clearTimeout(opening.current);
    if (isOnControl(event) || getSelection()?.isCollapsed === false) return;
    // The details return the focus to the element that had it.
    checkbox.current?.focus({ preventScroll: true });
    const { nativeEvent, detail } = event;
    const isMouse = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "mouse";
    if (!isMouse) open();
    else if (detail === 1) opening.current = setTimeout(open, doubleClickMs);
  }

  // The public TodoMVC test suites look for the classes "completed" and "editing".
  const row = { "data-testid": "todo-item", "data-row": key };
  if (base !== undefined)
    return (
      <li {...row} className={clsx("editing", completed && "completed")}>
        <LineEditor
          label={todoWords.row.edit}
          base={base}
          check={(typed) => trimmed(typed, titleLength)}
          onSave={(written) => actions.edit(todo, { title: written }, { title: base })}
          onEmpty={remove}
          onClose={close}
          className="py-1 pr-2 pl-[calc(var(--spacing-margin)+0.5rem-1px)]"
        />
      </li>
    );
  return (
    <li
      {...row}
      className={clsx(completed && "completed")}
      onKeyDown={(event) =>
        runKey(event, {
          arrowup: () => focusNeighbour(-1),
          arrowdown: () => focusNeighbour(1),
          "alt+arrowup": () => actions.move(todo, -1),
          "alt+arrowdown": () => actions.move(todo, 1),
          f2: edit,
          // On the buttons of the row, these keys keep their meaning.
          ...(event.target === checkbox.current && { enter: open, delete: remove, backspace: remove }),
        })
      }
      onDoubleClick={(event) => !isOnControl(event) && edit()}
    >
      <div className="flex items-start">
        <label htmlFor={`${titleId}-box`} className="grid h-row w-margin shrink-0 place-items-center">
          <Checkbox
            ref={checkbox}
            id={`${titleId}-box`}
            aria-labelledby={titleId}
            checked={completed}
            onChange={(checked) => actions.complete(todo, checked)}
          />
        </label>
        <TodoText
          todo={todo}
          unsent={state === "waiting" || (offline && state === "saving")}
          titleId={titleId}
          onClick={press}
          onDue={(day, base) => actions.edit(todo, { dueDate: day }, { dueDate: base })}
        />
        <span className="flex shrink-0 items-center py-1 print:hidden">
          {/* Touch screens have no room for it; there, the menu has the same action. */}
          <IconButton
            label={todoWords.row.remove(title)}
            onClick={remove}
            className="hover-reveal [@media(hover:none)]:hidden"
          >
            <X aria-hidden className="size-4.5" />
          </IconButton>
          <RowMenu todo={todo} actions={actions} onRename={edit} />
        </span>
      </div>
    </li>
  );
}, isSame);

/** Whether an event is on a control of the row, or in an overlay of one, whose events React bubbles to the row. */
const isOnControl = ({ target, currentTarget }: MouseEvent) =>
  target instanceof Element && (!currentTarget.contains(target) || target.closest("button, input, label") !== null);
