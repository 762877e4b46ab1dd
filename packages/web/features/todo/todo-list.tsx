import { useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { common } from "../../copy/common.ts";
import { todoWords } from "../../copy/todo.ts";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { Checkbox } from "../../lib/ui/form/checkbox.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import { UnknownList } from "../list/unknown-list.tsx";
import type { ShownList } from "../list/use-lists.ts";
import type { Show, UrlState } from "../url-state/url-state.ts";
import { NewTodo } from "./new-todo.tsx";
import { NoTodos } from "./no-todos.tsx";
import { focusRow, neighbourOf, showRow } from "./row/row-focus.ts";
import { TodoRows } from "./row/todo-rows.tsx";
import { useStableActions } from "./row/use-stable-actions.ts";
import { TodoFooter } from "./todo-footer.tsx";
import { TodosLoading } from "./todos-loading.tsx";
import { type ShownTodo, type UndoableChange, useTodos } from "./use-todos.ts";

const todoDetails = onDemand(() => import("./row/todo-details.tsx"));

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
  const { todos, status: latest, error, reload, ...changes } = useTodos(list.key);
  // Defers rows that arrive after the list, so that React renders them in interruptible steps.
  const status = useDeferredValue(latest);
  const shown = useMemo(() => todos.filter(belongs[urlState.show]), [todos, urlState.show]);
  const newTodo = useRef<HTMLInputElement>(null);
  const markAllId = useId();
  const [opened, setOpened] = useState<ShownTodo>();
  const [said, setSaid] = useState("");
  const details = usePart(todoDetails, opened !== undefined);

  /** Moves the focus to a neighbor, because the focused todo is about to disappear. */
  function remove(key: string) {
    const todo = todos.find((candidate) => candidate.key === key);
    if (!todo) return;
    const neighbour = neighbourOf(key);
    offerUndo(todoWords.removed(todo.title), changes.remove(key));
    if (neighbour === undefined || !focusRow(neighbour)) newTodo.current?.focus();
  }

  /** Moves a todo past the next visible one. */
  function move(key: string, by: 1 | -1) {
    const place = shown.findIndex((todo) => todo.key === key);
    const passed = shown[place + by];
    if (place < 0 || !passed) return;
    changes.move(key, by === 1 ? { after: passed.key } : { before: passed.key });
    setSaid(todoWords.moved(shown[place]?.title ?? "", place + by + 1, shown.length));
    // Moving a row can drop the focus. Restores it unless another element, such as a menu, has taken it.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusRow(key);
    });
  }

  /** Under a filter, a completed todo can leave the list. Moves the focus to a neighbor first. */
  function complete(key: string, completed: boolean) {
    const neighbour = urlState.show === "all" ? undefined : neighbourOf(key);
    changes.complete(key, completed);
    if (urlState.show === "all") return;
    if (neighbour === undefined || !focusRow(neighbour)) newTodo.current?.focus();
  }

  const open = (key: string) => setOpened(todos.find((todo) => todo.key === key));
  const actions = useStableActions({ complete, rename: changes.rename, remove, move, open });

  // The details of a todo that was deleted elsewhere stay open, because the user may be typing.
  const openedTodo = todos.find(({ key }) => key === opened?.key) ?? opened;
  if (status === "pending") return <TodosLoading />;
  if (status === "missing") return <UnknownList />;
  if (status === "error") return <FailureState title={todoWords.failed} error={error} retry={reload} />;
  const completed = todos.filter(belongs.completed);
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
        <NewTodo ref={newTodo} list={list.key} onAdd={(title) => showRow(changes.add(title))} />
      </div>
      {shown.length === 0 && <NoTodos kind={list.kind} show={urlState.show} others={todos.length > 0} />}
      <TodoRows key={urlState.show} todos={shown} actions={actions} />
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
      {openedTodo && details && (
        <details.TodoDetails
          key={openedTodo.key}
          todo={openedTodo}
          onClose={() => setOpened(undefined)}
          onUpdate={(edits, seen) => changes.update(openedTodo, edits, seen)}
          onRename={(title, base) => changes.rename(openedTodo, title, base)}
          onDelete={remove}
        />
      )}
    </>
  );
}
