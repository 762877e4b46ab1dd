import clsx from "clsx";
import { CalendarPlus } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import type { Day } from "../../../lib/dates.ts";
import { onDemand, usePart } from "../../../lib/ui/on-demand.ts";
import { DueChip } from "./due-chip.tsx";

const picker = onDemand(() => import("./due-picker.tsx"));

interface DueButtonProps {
  readonly day: Day | null;
  readonly completed?: boolean;
  readonly className?: string;
  /** @param base the date when the user started */
  onChange(day: Day | null, base: Day | null): void;
  /** Called when a common date was chosen, which closes the picker. */
  onChosen?(): void;
}

/**
 * The due date, or an icon without one, as a button that opens the picker. A page may have a thousand of them, so the
 * picker is rendered on the first click, and its code is loaded on demand.
 */
export function DueButton({ day, completed = false, className, onChange, onChosen }: DueButtonProps) {
  const [isWanted, setWanted] = useState(false);
  const part = usePart(picker, isWanted);
  const button: ComponentProps<"button"> = {
    type: "button",
    title: day === null ? todoWords.details.setDue : todoWords.details.changeDue,
    ...(day === null && { "aria-label": todoWords.details.setDue }),
    className: clsx("rounded-sm transition-colors hover:text-accent aria-expanded:text-accent", className),
    children:
      day === null ? <CalendarPlus aria-hidden className="size-4.5" /> : <DueChip day={day} completed={completed} />,
  };
  if (isWanted && part)
    return <part.DuePicker trigger={<button {...button} />} day={day} onChange={onChange} onChosen={onChosen} />;
  return <button {...button} aria-haspopup="dialog" aria-expanded={false} onClick={() => setWanted(true)} />;
}
