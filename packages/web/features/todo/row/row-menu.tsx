import { ArrowDown, ArrowUp, Ellipsis, Info, Pencil, Trash2 } from "lucide-react";
import { todoWords } from "../../../copy/todo.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../lib/ui/overlay/menu.tsx";

interface RowMenuProps {
  readonly title: string;
  onDetails(): void;
  onRename(): void;
  onMove(by: -1 | 1): void;
  onDelete(): void;
}

const words = todoWords.menu;

/** The actions on a todo. */
export function RowMenu({ title, onDetails, onRename, onMove, onDelete }: RowMenuProps) {
  const trigger = (
    <IconButton label={todoWords.row.more(title)}>
      <Ellipsis aria-hidden="true" className="size-5" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Info />} shortcut={words.keys.details} onSelect={onDetails}>
        {words.details}
      </MenuItem>
      <MenuItem icon={<Pencil />} shortcut={words.keys.rename} onSelect={onRename}>
        {words.rename}
      </MenuItem>
      <MenuItem icon={<ArrowUp />} shortcut={words.keys.up} onSelect={() => onMove(-1)}>
        {words.up}
      </MenuItem>
      <MenuItem icon={<ArrowDown />} shortcut={words.keys.down} onSelect={() => onMove(1)}>
        {words.down}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" shortcut={words.keys.remove} onSelect={onDelete}>
        {words.remove}
      </MenuItem>
    </Menu>
  );
}
