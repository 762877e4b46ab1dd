import { isInRange, lastDay } from "@daybook/core/date/date.limits";
import { useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";

const words = writingWords.publish;
const modes = ["now", "later"] as const;

const pad = (number: number) => String(number).padStart(2, "0");

/** A moment as a field for date and time holds it: in the person's own zone, without saying which. */
export function localMoment(moment: Date): string {
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** @param scheduledFor in ISO 8601 */
export function usePublishTime(scheduledFor: string | null) {
  const [mode, setMode] = useState<"now" | "later">(scheduledFor === null ? "now" : "later");
  const [typed, setTyped] = useState(() => (scheduledFor === null ? "" : localMoment(new Date(scheduledFor))));
  const [error, setError] = useState<string>();

  /** @returns the moment in UTC, `undefined` for now */
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

/** Now, or at a time to come. */
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
