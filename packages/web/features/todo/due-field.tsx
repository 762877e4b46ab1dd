import { addDays, type Day, dayInWords, today } from "../../lib/dates.ts";
import { Field } from "../../lib/ui/field.tsx";
import { todoWords } from "../../words/todo.ts";

const words = todoWords.details;

interface DueFieldProps {
  /** Empty if there is none. */
  readonly value: Day | "";
  onChange(value: Day | ""): void;
  onLeave(): void;
}

/** The day that something is due: by the browser's own calendar, or one of those that are most often meant. */
export function DueField({ value, onChange, onLeave }: DueFieldProps) {
  const now = today();
  const near = [
    [now, dayInWords(now, now)],
    [addDays(now, 1), dayInWords(addDays(now, 1), now)],
    [addDays(now, 7), words.nextWeek],
    ["", words.noDue],
  ] as const;
  return (
    <div>
      <Field
        name="due"
        type="date"
        label={words.due}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      <div className="mt-2 flex flex-wrap gap-2">
        {near.map(([day, name]) => (
          <button
            key={name}
            type="button"
            aria-pressed={value === day}
            onClick={() => onChange(day)}
            className="min-h-9 rounded-md border border-rule px-3 text-sm text-muted transition-colors hover:border-accent hover:text-accent aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-accent"
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
