import { type ReactNode, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import type { Day } from "../../../lib/dates.ts";
import { Popover } from "../../../lib/ui/overlay/popover.parts.tsx";
import { useAutosave } from "../row/use-autosave.ts";
import { DueField, isDue } from "./due-field.tsx";

interface DuePickerProps {
  /** The button that opens the picker. */
  readonly trigger: ReactNode;
  readonly day: Day | null;
  /** @param base the date when the user started */
  onChange(day: Day | null, base: Day | null): void;
  /** Called when a common date was chosen, after which the picker closes. */
  onChosen?: (() => void) | undefined;
}

/** The due date of a todo in a popover, which is open when it mounts. */
export function DuePicker({ trigger, day, onChange, onChosen }: DuePickerProps) {
  const [open, setOpen] = useState(true);
  const due = useAutosave(day ?? "", {
    savesOnPause: false,
    save(next, base) {
      if (isDue(next)) onChange(next || null, base || null);
      return isDue(next);
    },
  });
  function choose(next: string) {
    due.choose(next);
    setOpen(false);
    onChosen?.();
  }
  return (
    <Popover
      trigger={trigger}
      label={todoWords.details.due}
      open={open}
      onOpenChange={(opens) => {
        if (!opens) due.flush();
        setOpen(opens);
      }}
    >
      <DueField due={{ ...due, choose }} />
    </Popover>
  );
}
