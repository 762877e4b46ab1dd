import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { listWords } from "../../copy/list.ts";
import { Skeleton } from "../../lib/ui/skeleton.tsx";
import { goTo } from "../url-state/url-state.ts";
import { ListEntry, urlStateOfList } from "./list-entry.tsx";
import { ListNameEditor } from "./list-name-editor.tsx";
import { type ShownList, useLists } from "./use-lists.ts";
import { useRemoveList } from "./use-remove-list.ts";

const words = listWords.newList;

interface ListSidebarProps {
  readonly current: ShownList | undefined;
  /** Called after a new list was created and opened. */
  onCreated(): void;
}

/** All lists, and the button that adds one. */
export function ListSidebar({ current, onCreated }: ListSidebarProps) {
  const { lists, status, create, rename } = useLists();
  const remove = useRemoveList(current);
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  if (status === "pending") return <ListsLoading />;
  return (
    <nav aria-label={listWords.sidebar}>
      <ul className="space-y-0.5">
        {lists.map((list) => (
          <ListEntry
            key={list.key}
            list={list}
            current={list.key === current?.key}
            onRename={(name, base) => rename(list, name, base)}
            onDelete={() => {
              remove(list);
              add.current?.focus();
            }}
          />
        ))}
      </ul>
      {adding && (
        <ListNameEditor
          label={words.label}
          placeholder={words.placeholder}
          onSave={(name) => {
            // Leaves the focus to the field for a new todo.
            add.current?.blur();
            goTo(urlStateOfList({ kind: "list", key: create(name) }));
            onCreated();
          }}
          onClose={({ refocus }) => {
            setAdding(false);
            if (refocus) add.current?.focus();
          }}
        />
      )}
      <button
        ref={add}
        type="button"
        onClick={() => setAdding(true)}
        className="mt-1 flex min-h-control w-full items-center gap-3 rounded-md py-1.5 pl-3 text-muted transition-colors hover:bg-wash hover:text-ink wide:min-h-10"
      >
        <Plus aria-hidden className="size-4.5 shrink-0" />
        {words.action}
      </button>
    </nav>
  );
}

function ListsLoading() {
  return (
    <div role="status" className="space-y-4 p-3">
      <span className="sr-only">{listWords.loading}</span>
      {["w-24", "w-36", "w-28"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
