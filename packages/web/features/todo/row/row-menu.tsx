import { ArrowDown, ArrowUp, Ellipsis, Info, Pencil, Trash2 } from "lucide-react";
import { todoWords } from "../../../copy/todo.ts";
import { IconButton } from "../../../lib/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../lib/ui/overlay/menu.tsx";
import type { ShownTodo } from "../use-todos.ts";
import type { RowActions } from "./todo-row.tsx";

interface RowMenuProps {
  readonly todo: ShownTodo;
  readonly actions: RowActions;
  onRename(): void;
}

const words = todoWords.menu;

/** The actions on a todo. */
export function RowMenu({ todo, actions, onRename }: RowMenuProps) {
  const trigger = (
    <IconButton label={todoWords.row.more(todo.title)}>
      <Ellipsis aria-hidden="true" className="size-5" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={<Info />} shortcut={words.keys.details} onSelect={() => actions.open(todo)}>
        {words.details}
      </MenuItem>
      <MenuItem icon={<Pencil />} shortcut={words.keys.rename} onSelect={onRename}>
        {words.rename}
      </MenuItem>
      <MenuItem icon={<ArrowUp />} shortcut={words.keys.up} onSelect={() => actions.move(todo, -1)}>
        {words.up}
      </MenuItem>
      <MenuItem icon={<ArrowDown />} shortcut={words.keys.down} onSelect={() => actions.move(todo, 1)}>
        {words.down}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" shortcut={words.keys.remove} onSelect={() => actions.remove(todo)}>
        {words.remove}
      </MenuItem>
    </Menu>
  );
}
