import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { listWords } from "../../copy/list.ts";
import { IconButton } from "../../lib/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../lib/ui/overlay/menu.tsx";

interface ListMenuProps {
  readonly name: string;
  readonly className?: string;
  onRename(): void;
  onDelete(): void;
}

const words = listWords.menu;

/** The actions on a list. */
export function ListMenu({ name, className, onRename, onDelete }: ListMenuProps) {
  const trigger = (
    <IconButton label={words.label(name)} className={className}>
      <Ellipsis aria-hidden className="size-5" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Pencil />} shortcut={words.keys.rename} onSelect={onRename}>
        {words.rename}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" shortcut={words.keys.remove} onSelect={onDelete}>
        {words.remove}
      </MenuItem>
    </Menu>
  );
}
