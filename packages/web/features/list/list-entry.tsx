import clsx from "clsx";
import { CloudOff, Inbox, List } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { listWords } from "../../copy/list.ts";
import { runKey } from "../keyboard/run-key.ts";
import { UrlStateLink } from "../url-state/url-state-link.tsx";
import { ListMenu } from "./list-menu.tsx";
import { ListNameEditor } from "./list-name-editor.tsx";
import type { ShownList } from "./use-lists.ts";

interface ListEntryProps {
  readonly list: ShownList;
  readonly current: boolean;
  onRename(name: string, base: string): void;
  onDelete(): void;
}

/** One list of the sidebar: a link with its number of open todos, and a menu unless it is the inbox. */
export function ListEntry({ list, current, onRename, onDelete }: ListEntryProps) {
  const link = useRef<HTMLAnchorElement>(null);
  /** The name when editing started; undefined while the name is not edited. */
  const [base, setBase] = useState<string>();

  const { name, kind, openTodos } = list;
  const isOwn = kind === "list";
  const Icon = isOwn ? List : Inbox;
  const edit = () => setBase(name);
  if (base !== undefined)
    return (
      <li>
        <ListNameEditor
          label={listWords.rename.label}
          base={base}
          onSave={(written) => onRename(written, base)}
          onClose={({ refocus }) => {
            // Renders the link now, so that it can take the focus.
            flushSync(() => setBase(undefined));
            if (refocus) link.current?.focus();
          }}
        />
      </li>
    );
  return (
    <li className={clsx("group flex items-center rounded-md", current ? "bg-selected" : "hover:bg-wash")}>
      <UrlStateLink
        ref={link}
        data-list={list.key}
        to={urlStateOfList(list)}
        aria-current={current ? "page" : undefined}
        onKeyDown={(event) =>
          runKey(event, {
            arrowup: () => focusBeside(event.currentTarget, -1),
            arrowdown: () => focusBeside(event.currentTarget, 1),
            ...(isOwn && { f2: edit, delete: onDelete, backspace: onDelete }),
          })
        }
        onDoubleClick={isOwn ? edit : undefined}
        className={clsx(
          "flex min-h-control min-w-0 flex-1 items-center gap-3 rounded-md py-1.5 pl-3 wide:min-h-10",
          current ? "font-semibold text-accent" : "text-ink",
        )}
      >
        <Icon aria-hidden className="size-4.5 shrink-0 text-muted group-has-aria-[current]:text-accent" />
        <span dir="auto" className="line-clamp-2 min-w-0 flex-1 leading-5 wrap-anywhere">
          {isOwn ? name : listWords.inbox}
        </span>
        {list.state === "waiting" && <CloudOff role="img" aria-label={listWords.waiting} className="size-4 shrink-0" />}
        {openTodos > 0 && (
          <span className="shrink-0 text-sm font-normal text-muted tabular-nums">
            <span aria-hidden="true">{openTodos}</span>
            <span className="sr-only">{listWords.open(openTodos)}</span>
          </span>
        )}
      </UrlStateLink>
      {isOwn ? (
        <ListMenu name={name} onRename={edit} onDelete={onDelete} className="hover-reveal wide:size-10" />
      ) : (
        <span className="w-control shrink-0 wide:w-10" />
      )}
    </li>
  );
}

/** The URL state that shows a list. */
export const urlStateOfList = ({ kind, id, key }: Pick<ShownList, "kind" | "id" | "key">) =>
  ({ list: kind === "inbox" ? undefined : (id ?? key), show: "all" }) as const;

/** Focuses the link above or below in the same sidebar. The page has two sidebars; one is in the drawer. */
function focusBeside(link: HTMLElement, by: 1 | -1): void {
  const links = [...(link.closest("nav")?.querySelectorAll<HTMLElement>("[data-list]") ?? [])];
  links[links.indexOf(link) + by]?.focus();
}
