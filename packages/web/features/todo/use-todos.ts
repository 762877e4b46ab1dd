import type { ListId } from "@daybook/core/ids";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { userApi } from "../session/user-api.ts";
import { type Notice, noticeOf } from "./notices.ts";
import {
  applyChanges,
  type Change,
  confirmChange,
  contentOf,
  type Item,
  type ShownItem,
  withKeys,
} from "./todo-list.ts";
import { fetchTodos, sendChange, TitleConflictError, type TodoList } from "./todo-sync.ts";

/** Whether a notice offers to bring back what this change was to delete. */
const isUndoOf = (notice: Notice, { type, key }: Change) =>
  notice.kind === "deleted" && type === "delete" && notice.key === key;

/** The notices of the last deletions that stay beside a new one; a screen has room for a few. */
const lastUndos = (notices: readonly Notice[]) => notices.filter(({ kind }) => kind === "deleted").slice(-2);

const newKey = () => crypto.randomUUID();

/**
 * The todos of a list, as the person left them: the server's list with all changes that are on their way. A change that fails falls
 * out of what is shown by itself, and leaves a notice.
 */
export function useTodos(listId: ListId) {
  const client = useQueryClient();
  const [onTheirWay, setOnTheirWay] = useState<readonly Change[]>([]);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const queryKey = ["todos", listId] as const;
  const cached = () => client.getQueryData<Item[]>(queryKey) ?? [];
  const list: TodoList = { api: userApi, listId, items: cached };

  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => withKeys(await fetchTodos(list, signal), cached()),
    // A list that is fetched while changes are on their way may hold some of them, or not.
    refetchOnWindowFocus: onTheirWay.length === 0,
    refetchOnReconnect: onTheirWay.length === 0,
  });

  /** Takes the server's answer into the list. A list that is still being fetched may be older than the answer. */
  async function confirm(key: string, answer: Parameters<typeof confirmChange>[2]) {
    await client.cancelQueries({ queryKey });
    client.setQueryData<Item[]>(queryKey, (items) => items && confirmChange(items, key, answer));
  }

  const mutation = useMutation({
    mutationKey: queryKey,
    // One after the other: what is added in a row stays in a row, and a todo is there before it changes.
    scope: { id: queryKey.join() },
    mutationFn: (change: Change) => sendChange(change, list),
    onSuccess: (answer, { key }) => confirm(key, answer),
    onError: async (error, change) => {
      const shown = cached().find(({ key }) => key === change.key)?.title;
      if (error instanceof TitleConflictError) await confirm(change.key, error.theirs);
      else void client.invalidateQueries({ queryKey });
      const notice = noticeOf(change, error, shown, newKey);
      setNotices((all) => [...all.filter((other) => !isUndoOf(other, change)), ...(notice ? [notice] : [])]);
    },
    onSettled: (_answer, _error, done) => setOnTheirWay((all) => all.filter((other) => other !== done)),
  });

  const dismiss = (id: string) => setNotices((all) => all.filter((notice) => notice.id !== id));
  const change = (made: Change) => {
    setOnTheirWay((others) => [...others, made]);
    mutation.mutate(made);
  };

  return {
    status: query.status,
    error: query.error,
    reload: () => void query.refetch(),
    items: applyChanges(query.data ?? [], onTheirWay),
    notices,
    dismiss,
    change,
    add: (title: string) => change({ type: "create", key: newKey(), title }),
    remove(item: ShownItem) {
      const known = cached().find(({ key }) => key === item.key);
      change({ type: "delete", key: item.key, title: item.title });
      const undo: Notice = { id: newKey(), kind: "deleted", key: item.key, content: contentOf(item, known) };
      setNotices((all) => [...all.filter(({ kind }) => kind !== "deleted"), ...lastUndos(all), undo]);
    },
    undo({ id, content }: Extract<Notice, { kind: "deleted" }>) {
      dismiss(id);
      change({ type: "restore", key: newKey(), content });
    },
  };
}
