"use client";

import { useRef } from "react";
import { problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Message } from "../../lib/ui/field.tsx";
import { Heading } from "../../lib/ui/heading.tsx";
import { Page } from "../../lib/ui/page.tsx";
import { AccountMenu } from "../session/account-menu.tsx";
import { NewTodo } from "./new-todo.tsx";
import { Notices } from "./notices-view.tsx";
import { TodoItem } from "./todo-item.tsx";
import { leftInWords, type ShownItem } from "./todo-list.ts";
import { TodosLoading } from "./todos-loading.tsx";
import { useInbox } from "./use-inbox.ts";
import { useTodos } from "./use-todos.ts";

type InboxList = NonNullable<ReturnType<typeof useInbox>["data"]>;

/** The page of the todos of whoever is signed in. */
export function Inbox() {
  const inbox = useInbox();
  return (
    <Page actions={<AccountMenu />}>
      <Heading>Inbox</Heading>
      {inbox.data && <Todos listId={inbox.data.id} />}
      {inbox.isPending && <TodosLoading />}
      {inbox.isError && <LoadingFailed error={inbox.error} retry={() => void inbox.refetch()} />}
    </Page>
  );
}

function Todos({ listId }: { listId: InboxList["id"] }) {
  const todos = useTodos(listId);
  const newTodo = useRef<HTMLInputElement>(null);
  if (todos.status === "pending") return <TodosLoading />;
  if (todos.status === "error") return <LoadingFailed error={todos.error} retry={todos.reload} />;

  /** The focus goes on to a neighbour, for the todo that has it is about to go. */
  function remove(item: ShownItem) {
    const place = todos.items.findIndex(({ key }) => key === item.key);
    const neighbour = todos.items[place + 1] ?? todos.items[place - 1];
    const target = neighbour && document.querySelector<HTMLElement>(`[data-key="${neighbour.key}"] input`);
    (target ?? newTodo.current)?.focus();
    todos.remove(item);
  }

  return (
    <>
      <NewTodo ref={newTodo} onAdd={todos.add} />
      {todos.items.length === 0 ? (
        <p className="ledger py-4 pr-2 pl-14 text-muted">Nothing to do. What you add stays here until you delete it.</p>
      ) : (
        <>
          <ul aria-label="Todos" className="ledger">
            {todos.items.map((item) => (
              <TodoItem
                key={item.key}
                item={item}
                onComplete={(completed) => todos.change({ type: "complete", key: item.key, completed })}
                onRename={(title, base) => todos.change({ type: "rename", key: item.key, title, base })}
                onDelete={() => remove(item)}
              />
            ))}
          </ul>
          <p data-testid="todo-count" className="pt-4 text-sm text-muted tabular-nums">
            {leftInWords(todos.items)}
          </p>
        </>
      )}
      <Notices notices={todos.notices} onChange={todos.change} onUndo={todos.undo} onDismiss={todos.dismiss} />
    </>
  );
}

function LoadingFailed({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="mt-8 space-y-4">
      <Message kind="error">Your todos could not be loaded. {problemInWords(error)}</Message>
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
