import "../todos.css";
import { useEffect, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { useSync } from "../../sync/use-engine.ts";
import type { ShownTodo } from "../use-todos.ts";
import { rowsOf } from "./leaving-rows.ts";
import { type RowActions, TodoRow } from "./todo-row.tsx";

/** The duration of the animation in todos.css, in milliseconds. */
const leavingMs = 180;

/**
 * The rows of a list. A removed row collapses with an animation, during which it is inert and hidden from screen
 * readers.
 */
export function TodoRows({ todos, actions }: { todos: readonly ShownTodo[]; actions: RowActions }) {
  const [shown, setShown] = useState({ todos, rows: rowsOf(todos) });
  if (shown.todos !== todos) setShown({ todos, rows: rowsOf(todos, shown.rows) });
  const { rows } = shown;

  useEffect(() => {
    if (!rows.some(({ leaving }) => leaving)) return;
    const timer = setTimeout(() => setShown(({ todos }) => ({ todos, rows: rowsOf(todos) })), leavingMs);
    return () => clearTimeout(timer);
  }, [rows]);

  const offline = useSync().state === "offline";

  // Only rows added after the first render are animated.
  const [settled, setSettled] = useState(false);
  useEffect(() => setSettled(true), []);

  if (rows.length === 0) return null;
  return (
    <ul aria-label={todoWords.list} data-settled={settled || undefined} className="ledger todos">
      {rows.map(({ todo, leaving }) =>
        leaving ? (
          <li key={todo.key} aria-hidden="true" inert className="leaving">
            <p dir="auto">{todo.title}</p>
          </li>
        ) : (
          <TodoRow key={todo.key} todo={todo} offline={offline} actions={actions} />
        ),
      )}
    </ul>
  );
}
