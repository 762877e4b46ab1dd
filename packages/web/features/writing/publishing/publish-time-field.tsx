import { firstDay, lastDay } from "@daybook/core/date/date.limits";
import { useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = writingWords.publish;

export type PublishMode = "now" | "later" | "earlier";
const modes: readonly PublishMode[] = ["now", "later", "earlier"];

/**
 * Formats a date for a `datetime-local` field: in the user's time zone, without an offset. Example: 2026-12-24T08:00Z
 * in Berlin is "2026-12-24T09:00".
 */
const localMoment = (moment: Date): string =>
  new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

interface PublishTimeFieldProps {
  readonly mode: PublishMode;
  /** ISO 8601. Null if the post is not scheduled. */
  readonly scheduledFor: string | null;
  /** Returns the publishing problem of a field, by JSON pointer. */
  problemOf(pointer: string): string | undefined;
  onMode(mode: PublishMode): void;
}

/** Choice between publishing now, at a future time, and now with a date in the past. */
export function PublishTimeField({ mode, scheduledFor, problemOf, onMode }: PublishTimeFieldProps) {
  const [at, setAt] = useState(() => (scheduledFor === null ? "" : localMoment(new Date(scheduledFor))));
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 font-medium">{words.when}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {modes.map((each) => (
          <label key={each} className="flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="when"
              checked={each === mode}
              onChange={() => onMode(each)}
              className="size-4.5 accent-accent"
            />
            {words[each]}
          </label>
        ))}
      </div>
      {mode === "later" && (
        <Field
          name="at"
          type="datetime-local"
          label={words.at}
          hint={words.atHint(timeZone)}
          value={at}
          error={problemOf("/at")}
          min={localMoment(new Date())}
          max={`${lastDay}T23:59`}
          onChange={(event) => setAt(event.target.value)}
        />
      )}
      {mode === "earlier" && <PublicationDateField publishedAt={null} problem={problemOf("/publishedAt")} />}
    </fieldset>
  );
}

interface PublicationDateFieldProps {
  /** ISO 8601. Null before the first publication. */
  readonly publishedAt: string | null;
  readonly problem: string | undefined;
}

/** The date of publication that readers see. It can be in the past, for a text that was published elsewhere before. */
export function PublicationDateField({ publishedAt, problem }: PublicationDateFieldProps) {
  const [date, setDate] = useState(() => (publishedAt === null ? "" : localMoment(new Date(publishedAt))));
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <Field
      name="publishedAt"
      type="datetime-local"
      label={words.publishedAt}
      hint={words.atHint(timeZone)}
      value={date}
      error={problem}
      min={`${firstDay}T00:00`}
      max={localMoment(new Date())}
      onChange={(event) => setDate(event.target.value)}
    />
  );
}
