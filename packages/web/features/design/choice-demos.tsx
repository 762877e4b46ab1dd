"use client";

import { useState } from "react";
import { design } from "../../copy/design.ts";
import { Checkbox } from "../../lib/ui/form/checkbox.tsx";
import { Switch } from "../../lib/ui/form/switch.tsx";

const { choice } = design;

export function ChoiceDemos() {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(true);
  const [on, setOn] = useState(true);
  return (
    <>
      <div className="flex flex-col gap-3">
        <Checkbox label={choice.checkbox} checked={open} onChange={setOpen} />
        <Checkbox label={choice.done} checked={done} onChange={setDone} />
        <Checkbox label={choice.off} checked={false} onChange={setOpen} disabled />
      </div>
      <Switch label={choice.switch} hint={choice.switchHint} checked={on} onChange={setOn} />
      <Switch label={choice.off} checked={false} onChange={setOn} disabled />
    </>
  );
}
