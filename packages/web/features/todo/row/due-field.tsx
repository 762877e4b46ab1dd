import { firstDay, isInRange, lastDay } from "@daybook/core/date/date.limits";
import { type ChangeEvent, useRef, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { addDays, type Day, dayInWords, today } from "../../../lib/dates.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = todoWords.details;

/** Whether a date is empty or within the range that can be saved. */
export const isDue = (day: Day | ""): boolean => day === "" || isInRange(day);

interface DueFieldProps {
  /** Empty if there is no due date. */
  readonly value: Day | "";
  /**
   * Called with complete dates only. A year that is half typed counts as complete: typing 2026 passes the years 2, 20
   * and 202.
   */
  onChange(value: Day | ""): void;
  /** Called when the user leaves the date field. */
  onLeave(): void;
  onChoose(value: Day | ""): void;
}

/** The due date, chosen in the browser's date picker or by a button for a common date. */
export function DueField({ value, onChange, onLeave, onChoose }: DueFieldProps) {
  const field = useDateInput(value, onChange);
  const now = today();
  const near = [
    [now, dayInWords(now, now)],
    [addDays(now, 1), dayInWords(addDays(now, 1), now)],
    [addDays(now, 7), words.nextWeek],
    ["", words.noDue],
  ] as const;
  function leave() {
    field.look();
    onLeave();
  }
  return (
    <div data-refused={isDue(value) ? undefined : true}>
      <Field
        key={field.round}
        {...field.props}
        name="due"
        type="date"
        label={words.due}
        min={firstDay}
        max={lastDay}
        error={field.error}
        onBlur={leave}
        onKeyDown={({ key }) => key === "Enter" && leave()}
      />
      <div className="mt-2 flex flex-wrap gap-2">
        {near.map(([day, name]) => (
          <button
            key={name}
            type="button"
            aria-pressed={value === day}
            onClick={() => {
              field.reset();
              onChoose(day);
            }}
            className="min-h-9 rounded-md border border-rule px-3 text-sm text-muted transition-colors hover:border-accent hover:text-accent aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-accent"
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

/**
 * State of the browser's date field. An incomplete date has no value and must not clear the date that was set before.
 */
function useDateInput(value: Day | "", onChange: (value: Day | "") => void) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(value);
  const [seen, setSeen] = useState(value);
  const [error, setError] = useState<string>();
  const [round, setRound] = useState(0);
  if (value !== seen) {
    setSeen(value);
    setShown(value);
  }

  return {
    error,
    round,
    /** Shows an error after the user has left the field. */
    look() {
      if (input.current?.validity.badInput) setError(words.dueIncomplete);
      else setError(isDue(input.current?.value ?? "") ? undefined : words.dueOutside);
    },
    /** Clears an incomplete date, which setting a value does not replace. */
    reset() {
      setError(undefined);
      setShown(value);
      setRound(round + 1);
    },
    props: {
      ref: input,
      value: shown,
      onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
        setShown(currentTarget.value);
        setError(undefined);
        if (!currentTarget.validity.badInput) onChange(currentTarget.value);
      },
    },
  };
}
