import { isInRange, lastDay } from "@daybook/core/date/date.limits";
import { useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = writingWords.publish;
const modes = ["now", "later"] as const;

const pad = (number: number) => String(number).padStart(2, "0");

/**
 * Formats a date for a `datetime-local` field: in the user's time zone, without an offset. Example: 2026-12-24T08:00Z
 * in Berlin is "2026-12-24T09:00".
 */
export function localMoment(moment: Date): string {
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/**
 * State of the publication time field.
 * @param scheduledFor in ISO 8601; null if the post is not scheduled
 */
export function usePublishTime(scheduledFor: string | null) {
  const [mode, setMode] = useState<"now" | "later">(scheduledFor === null ? "now" : "later");
  const [typed, setTyped] = useState(() => (scheduledFor === null ? "" : localMoment(new Date(scheduledFor))));
  const [error, setError] = useState<string>();

  /**
   * Validates the field.
   * @returns the time in UTC as ISO 8601, `undefined` for now, or "wrong" if it is invalid or not in the future
   */
  function read(): string | undefined | "wrong" {
    setError(undefined);
    if (mode === "now") return undefined;
    const moment = new Date(typed);
    if (!(isInRange(typed) && moment.getTime() > Date.now())) {
      setError(words.atWrong);
      return "wrong";
    }
    return moment.toISOString();
  }
  return { mode, setMode, typed, setTyped, error, read };
}

/** Choice between publishing now and at a future time. */
export function PublishTimeField({ when }: { when: ReturnType<typeof usePublishTime> }) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 font-medium">{words.when}</legend>
      <div className="flex gap-6">
        {modes.map((mode) => (
          <label key={mode} className="flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="when"
              value={mode}
              checked={when.mode === mode}
              onChange={() => when.setMode(mode)}
              className="size-4.5 accent-accent"
            />
            {words[mode]}
          </label>
        ))}
      </div>
      {when.mode === "later" && (
        <Field
          name="at"
          type="datetime-local"
          label={words.at}
          hint={words.atHint(timeZone)}
          value={when.typed}
          error={when.error}
          min={localMoment(new Date())}
          max={`${lastDay}T23:59`}
          onChange={(event) => when.setTyped(event.target.value)}
        />
      )}
    </fieldset>
  );
}
