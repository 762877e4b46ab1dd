import { firstDay, isInRange, lastDay } from "@daybook/core/date/date.limits";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { todoWords } from "../../../copy/todo.ts";
import { addDays, type Day, dayInWords, today } from "../../../lib/dates.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import type { Autosave } from "../row/use-autosave.ts";

const words = todoWords.details;

/** Whether a date is empty or within the range that can be saved. */
export const isDue = (day: Day | ""): boolean => day === "" || isInRange(day);

/**
 * The due date, chosen in the browser's date picker or by a button for a common date.
 * @param due the date, empty if there is none. It changes with each complete date. A year that is half typed counts as
 * complete: typing 2026 passes the years 2, 20 and 202.
 */
export function DueField({ due }: { due: Autosave }) {
  const value = due.text;
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string>();
  /** Incremented to replace the input, because setting its value does not clear an incomplete date. */
  const [round, setRound] = useState(0);
  // The input is uncontrolled: an incomplete date has no value. A render must not erase it.
  useEffect(() => {
    if (input.current && input.current.value !== value) input.current.value = value;
  }, [value]);

  const now = today();
  const near = [
    [now, dayInWords(now, now)],
    [addDays(now, 1), dayInWords(addDays(now, 1), now)],
    [addDays(now, 7), words.nextWeek],
    ["", words.noDue],
  ] as const;

  function change({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    setError(undefined);
    if (!currentTarget.validity.badInput) due.change(currentTarget.value);
  }
  function leave() {
    if (input.current?.validity.badInput) setError(words.dueIncomplete);
    else setError(isDue(input.current?.value ?? "") ? undefined : words.dueOutside);
    due.flush();
  }
  function choose(day: Day | "") {
    setError(undefined);
    setRound(round + 1);
    due.choose(day);
  }
  return (
    <div data-refused={isDue(value) ? undefined : true}>
      <Field
        key={round}
        ref={input}
        name="due"
        type="date"
        label={words.due}
        defaultValue={value}
        min={firstDay}
        max={lastDay}
        error={error}
        onChange={change}
        onBlur={leave}
        onKeyDown={({ key }) => key === "Enter" && leave()}
      />
      <div className="mt-2 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        {near.map(([day, name]) => (
          <button
            key={name}
            type="button"
            aria-pressed={value === day}
            onClick={() => choose(day)}
            className="min-h-9 rounded-md border border-rule px-3 text-sm text-muted transition-colors hover:border-accent hover:text-accent aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-accent"
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
