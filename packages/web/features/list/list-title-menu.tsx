import { useState } from "react";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { ListMenu } from "./list-menu.tsx";
import { type ShownList, useLists } from "./use-lists.ts";
import { useRemoveList } from "./use-remove-list.ts";

const renameDialog = onDemand(() => import("./rename-dialog.tsx"));

/** The actions on the open list, beside its title, since phones hide the sidebar. */
export function ListTitleMenu({ list }: { list: ShownList }) {
  const { rename } = useLists();
  const remove = useRemoveList(list);
  const [base, setBase] = useState<string>();
  const parts = usePart(renameDialog, base !== undefined);
  return (
    <>
      <ListMenu name={list.name} onRename={() => setBase(list.name)} onDelete={() => remove(list)} />
      {base !== undefined && parts && (
        <parts.RenameDialog
          base={base}
          onRename={(name) => rename(list.key, name, base)}
          onClose={() => setBase(undefined)}
        />
      )}
    </>
  );
}
