import { firstDay, isInRange, lastDay } from "@daybook/core/date/date.limits";
import { type ChangeEvent, useRef, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { addDays, type Day, dayInWords, today } from "../../../lib/dates.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = todoWords.details;

/** Whether a complete date, or none, can be saved. */
export const isDue = (day: Day | ""): boolean => day === "" || isInRange(day);

interface DueFieldProps {
  /** Empty if there is none. */
  readonly value: Day | "";
  /** Gets complete dates alone; while the year is typed, they are those of the years 2, 20 and 202. */
  onChange(value: Day | ""): void;
  /** The date is not being typed any more. */
  onLeave(): void;
  onChoose(value: Day | ""): void;
}

/** The day that something is due: by the browser's own calendar, or one of those that are most often meant. */
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

/** What the browser's field shows: half a date has no value, and must not take away the one that was there. */
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
    /** Says what is wrong, once the person has finished. */
    look() {
      if (input.current?.validity.badInput) setError(words.dueIncomplete);
      else setError(isDue(input.current?.value ?? "") ? undefined : words.dueOutside);
    },
    /** Takes away half a date, which no value replaces. */
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
