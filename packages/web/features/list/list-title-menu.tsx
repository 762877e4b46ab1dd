import { useState } from "react";
import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";
import { ListMenu } from "./list-menu.tsx";
import { type ShownList, useLists } from "./use-lists.ts";
import { useRemoveList } from "./use-remove-list.ts";

const RenameDialog = componentOf(
  onDemand(() => import("./rename-dialog.tsx")),
  (part) => part.RenameDialog,
);

/** The actions on the open list, beside its title, since phones hide the sidebar. */
export function ListTitleMenu({ list }: { list: ShownList }) {
  const { rename } = useLists();
  const remove = useRemoveList(list);
  const [base, setBase] = useState<string>();
  return (
    <>
      <ListMenu name={list.name} onRename={() => setBase(list.name)} onDelete={() => remove(list)} />
      {base !== undefined && (
        <RenameDialog base={base} onRename={(name) => rename(list, name, base)} onClose={() => setBase(undefined)} />
      )}
    </>
  );
}
