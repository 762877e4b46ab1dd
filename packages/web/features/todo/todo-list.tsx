import { useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { common } from "../../copy/common.ts";
import { todoWords } from "../../copy/todo.ts";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { Checkbox } from "../../lib/ui/form/checkbox.tsx";
import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import type { ShownList } from "../list/use-lists.ts";
import type { Show, UrlState } from "../url-state/url-state.ts";
import { NewTodo } from "./new-todo.tsx";
import { focusRow, neighbourOf, shownKeys, showRow } from "./row/row-focus.ts";
import type { RowActions } from "./row/todo-row.tsx";
import { TodoRows } from "./row/todo-rows.tsx";
import { TodoFooter } from "./todo-footer.tsx";
import { TodosLoading } from "./todos-loading.tsx";
import { type ShownTodo, type UndoableChange, useTodos } from "./use-todos.ts";

const TodoDetails = componentOf(
  onDemand(() => import("./row/todo-details.tsx")),
  (part) => part.TodoDetails,
);

const belongs: Readonly<Record<Show, (todo: ShownTodo) => boolean>> = {
  all: () => true,
  active: ({ completed }) => !completed,
  completed: ({ completed }) => completed,
};

/** Shows a toast that undoes a removal. The removal is sent when the toast disappears. */
const offerUndo = (text: string, { undo, commit }: UndoableChange) =>
  showToast({ text, action: { name: common.undo, run: undo }, onGone: commit, outlivesHiding: true });

/** The todos of a list, with all actions on them. */
export function TodoList({ list, urlState }: { list: ShownList; urlState: UrlState }) {
  const { todos, status: latest, error, actions: changes } = useTodos(list.key);
  const { show } = urlState;
  // Defers rows that arrive after the list, so that React renders them in interruptible steps.
  const status = useDeferredValue(latest);
  const shown = useMemo(() => todos.filter(belongs[show]), [todos, show]);
  const newTodo = useRef<HTMLInputElement>(null);
  const markAllId = useId();
  const [opened, setOpened] = useState<ShownTodo>();
  const [said, setSaid] = useState("");

  const actions = useMemo((): RowActions => {
    /** Runs an action that removes the focused row, and focuses its neighbor. */
    function leave(key: string, act: () => void) {
      const neighbour = neighbourOf(key);
      act();
      if (neighbour === undefined || !focusRow(neighbour)) newTodo.current?.focus();
    }
    return {
      complete({ key }, completed) {
        const complete = () => changes.complete(key, completed);
        // Under a filter, a completed todo leaves the list.
        if (show === "all") complete();
        else leave(key, complete);
      },
      remove: ({ key, title }) => leave(key, () => offerUndo(todoWords.removed(title), changes.remove(key))),
      /** Moves a todo past the next visible one. */
      move({ key, title }, by) {
        const keys = shownKeys();
        const place = keys.indexOf(key) + by;
        const passed = keys[place];
        if (passed === undefined) return;
        changes.move(key, passed, by);
        setSaid(todoWords.moved(title, place + 1, keys.length));
        // Moving a row can drop the focus. Restores it unless another element, such as a menu, has taken it.
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) focusRow(key);
        });
      },
      edit: changes.edit,
      open: setOpened,
    };
  }, [changes, show]);

  // The details of a todo that was deleted elsewhere stay open, because the user may be typing.
  const openedTodo = todos.find(({ key }) => key === opened?.key) ?? opened;
  if (status === "pending") return <TodosLoading />;
  if (status === "error") return <FailureState title={todoWords.failed} error={error} retry={changes.reload} />;
  const completed = todos.filter(belongs.completed);
  const [emptyTitle, emptyText] =
    todoWords.empty[show === "completed" || (show === "active" && todos.length > 0) ? show : list.kind];
  return (
    <>
      <div className="new-todo-line">
        {todos.length > 0 && (
          <label htmlFor={markAllId} className="absolute top-0 left-0 grid h-14 w-margin place-items-center">
            <Checkbox
              id={markAllId}
              aria-label={todoWords.markAll}
              title={todoWords.markAll}
              checked={completed.length === todos.length}
              onChange={changes.completeAll}
            />
          </label>
        )}
        <NewTodo ref={newTodo} list={list.key} onAdd={(title, dueDate) => showRow(changes.add(title, dueDate))} />
      </div>
      {shown.length === 0 && <EmptyState title={emptyTitle}>{emptyText}</EmptyState>}
      <TodoRows key={show} todos={shown} actions={actions} />
      {todos.length > 0 && (
        <TodoFooter
          todos={todos}
          urlState={urlState}
          onClear={() => {
            offerUndo(todoWords.cleared(completed.length), changes.clearCompleted());
            newTodo.current?.focus();
          }}
        />
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      {openedTodo && (
        <TodoDetails
          key={openedTodo.key}
          todo={openedTodo}
          onClose={() => setOpened(undefined)}
          onEdit={(edits, seen) => changes.edit(openedTodo, edits, seen)}
          onDelete={() => todos.includes(openedTodo) && actions.remove(openedTodo)}
        />
      )}
    </>
  );
}
