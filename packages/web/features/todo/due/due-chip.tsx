import clsx from "clsx";
import { todoWords } from "../../../copy/todo.ts";
import { type Day, dayInWords, daysFrom, today } from "../../../lib/dates.ts";

/** The due date of a todo. An overdue date has its own color, and its own text for screen readers. */
export function DueChip({ day, completed }: { day: Day; completed: boolean }) {
  const now = today();
  const distance = daysFrom(now, day);
  const overdue = !completed && distance < 0;
  const words = dayInWords(day, now);
  return (
    <time
      dateTime={day}
      data-testid="todo-due"
      className={clsx(
        "shrink-0 text-sm whitespace-nowrap tabular-nums",
        completed || distance > 0 ? "text-muted" : "font-medium",
        overdue && "text-danger",
        !completed && distance === 0 && "text-accent",
      )}
    >
      <span aria-hidden="true">{words}</span>
      <span className="sr-only">{overdue ? todoWords.row.overdue(words) : todoWords.row.due(words)}</span>
    </time>
  );
}
