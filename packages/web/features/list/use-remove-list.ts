import { common } from "../../copy/common.ts";
import { listWords } from "../../copy/list.ts";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import { goTo } from "../url-state/url-state.ts";
import { urlStateOfList } from "./list-entry.tsx";
import { type ShownList, useLists } from "./use-lists.ts";

/**
 * Removes a list and shows a toast that undoes it. If the list is open, opens the inbox; undoing returns to the list.
 */
export function useRemoveList(current: ShownList | undefined): (list: ShownList) => void {
  const { remove } = useLists();
  return (list) => {
    const { undo, commit } = remove(list);
    const isCurrent = list.key === current?.key;
    if (isCurrent) goTo({ show: "all" });
    const run = () => {
      undo();
      if (isCurrent) goTo(urlStateOfList(list));
    };
    const action = { name: common.undo, run };
    showToast({ text: listWords.removed(list.name), action, onGone: commit, outlivesHiding: true });
  };
}
