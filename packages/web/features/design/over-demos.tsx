"use client";

import { Pencil, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { common } from "../../copy/common.ts";
import { design } from "../../copy/design.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Field } from "../../lib/ui/form/field.tsx";
import { Dialog, Drawer } from "../../lib/ui/overlay/dialog.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../lib/ui/overlay/menu.tsx";
import { ThemeMenuChoice } from "../../lib/ui/theme/theme-menu.tsx";
import { showToast, Toasts } from "../../lib/ui/toast/toast.tsx";

const { over, field } = design;

/** Buttons that open each kind of overlay. */
export function OverDemos() {
  const [open, setOpen] = useState<"dialog" | "drawer">();
  const close = () => setOpen(undefined);
  const undo = { name: common.undo, run: () => showToast({ text: over.undone }) };
  const showDeleted = () => showToast({ text: over.toastText, action: undo });
  return (
    <div className="flex flex-wrap gap-3">
      <Button onClick={() => setOpen("dialog")}>{over.dialog}</Button>
      <Button onClick={() => setOpen("drawer")}>{over.drawer}</Button>
      <Menu trigger={<Button>{over.menu}</Button>}>
        <MenuItem icon={<Pencil />} shortcut="F2" onSelect={() => setOpen("dialog")}>
          {over.menuItems.rename}
        </MenuItem>
        <MenuItem icon={<Users />} disabled onSelect={close}>
          {over.menuItems.share}
        </MenuItem>
        <MenuSeparator />
        <ThemeMenuChoice />
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={showDeleted}>
          {over.menuItems.remove}
        </MenuItem>
      </Menu>
      <Button onClick={showDeleted}>{over.toast}</Button>
      <Button onClick={() => showToast({ text: over.errorToastText, tone: "error", lasting: true })}>
        {over.errorToast}
      </Button>
      <Dialog
        open={open === "dialog"}
        onOpenChange={close}
        title={over.dialogTitle}
        description={over.dialogText}
        actions={
          <>
            <Button onClick={close}>{common.cancel}</Button>
            <Button look="primary" onClick={close}>
              {over.save}
            </Button>
          </>
        }
      >
        <Field name="list-name" label={field.label} defaultValue={field.lists[1]} />
      </Dialog>
      <Drawer open={open === "drawer"} onOpenChange={close} title={over.drawerTitle}>
        <ul>
          {field.lists.map((list) => (
            <li key={list}>
              <a href="#over" className="flex min-h-control items-center rounded-md px-3 hover:bg-wash">
                {list}
              </a>
            </li>
          ))}
        </ul>
      </Drawer>
      <Toasts />
    </div>
  );
}
