"use client";

import * as brand from "@daybook/core/brand";
import { Keyboard } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { listWords } from "../../copy/list.ts";
import { todoWords } from "../../copy/todo.ts";
import { prepareDays } from "../../lib/dates.ts";
import { IconButton } from "../../lib/ui/button.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";
import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { ListSidebar } from "../list/list-sidebar.tsx";
import { ListTitleMenu } from "../list/list-title-menu.tsx";
import { UnknownList } from "../list/unknown-list.tsx";
import { useLists } from "../list/use-lists.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { goTo, useUrlState } from "../url-state/url-state.ts";
import { Problems } from "./problems.tsx";
import { focusNeighbour } from "./row/row-focus.ts";
import { SyncMark } from "./sync-mark.tsx";
import { TodoList } from "./todo-list.tsx";
import { TodosLoading } from "./todos-loading.tsx";

const ShortcutsDialog = componentOf(
  onDemand(() => import("../keyboard/shortcuts-dialog.tsx")),
  (part) => part.ShortcutsDialog,
  ({ open }) => open,
);

// Runs in a separate task, before a todo with a due date is rendered.
setTimeout(prepareDays);

/** The todos page of the signed-in user: one list, with the sidebar of all lists. */
export function TodosPage() {
  const urlState = useUrlState();
  const { lists, status, error, reload } = useLists();
  const [helpOpen, setHelpOpen] = useState(false);
  const list = lists.find(({ kind, id, key }) =>
    urlState.list === undefined ? kind === "inbox" : id === urlState.list || key === urlState.list,
  );
  // Defers a list that has just arrived, so that React renders it in interruptible steps.
  const hasCome = useDeferredValue(list !== undefined, false);
  const missing = status === "success" && !list;
  const title = missing ? listWords.unknown.title : list?.kind === "list" ? list.name : listWords.inbox;

  // Puts the server's id of the list into the URL. The key that a new list has before is known only in this browser.
  const lasting =
    urlState.list !== undefined && list?.id !== undefined && list.id !== urlState.list ? list.id : undefined;
  useEffect(() => {
    if (lasting !== undefined) goTo({ list: lasting, show: urlState.show }, "replace");
  }, [lasting, urlState.show]);
  useEffect(() => {
    document.title = `${title} · ${brand.name}`;
  }, [title]);

  const help = () => setHelpOpen(true);
  useShortcuts({
    n: () => document.querySelector<HTMLElement>("[data-new-todo]")?.focus(),
    j: () => focusNeighbour(1),
    k: () => focusNeighbour(-1),
    "g i": () => goTo({ show: "all" }),
    "/": help,
    "?": help,
  });

  return (
    <AppFrame
      title={title}
      actions={list?.kind === "list" && <ListTitleMenu list={list} />}
      sidebar={(close) => <ListSidebar current={list} onCreated={close} />}
      sync={
        <>
          <SyncMark />
          <IconButton label={todoWords.shortcuts.open} onClick={help} className="max-sm:hidden pointer-coarse:hidden">
            <Keyboard aria-hidden className="size-5" />
          </IconButton>
        </>
      }
      account={<AccountMenu />}
    >
      <Problems />
      {list && hasCome && <TodoList key={list.key} list={list} urlState={urlState} />}
      {missing && <UnknownList />}
      {(status === "pending" || (list && !hasCome)) && <TodosLoading />}
      {status === "error" && <FailureState title={todoWords.failed} error={error} retry={reload} />}
      <ShortcutsDialog open={helpOpen} onOpenChange={setHelpOpen} />
    </AppFrame>
  );
}
