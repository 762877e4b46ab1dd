"use client";

import { GatewayError } from "@daybook/core/contract/failures";
import clsx from "clsx";
import { useState } from "react";
import { design } from "../../copy/design.ts";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { Checkbox } from "../../lib/ui/form/checkbox.tsx";
import { Switch } from "../../lib/ui/form/switch.tsx";

const { choice, failure, motion } = design;

export function ChoiceDemos() {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(true);
  const [on, setOn] = useState(true);
  return (
    <>
      <div className="flex flex-col gap-3">
        <Checkbox label={choice.checkbox} checked={open} onChange={setOpen} />
        <Checkbox label={choice.done} checked={done} onChange={setDone} />
        <Checkbox label={choice.off} checked={false} onChange={setOpen} disabled />
      </div>
      <Switch label={choice.switch} hint={choice.switchHint} checked={on} onChange={setOn} />
      <Switch label={choice.off} checked={false} onChange={setOn} disabled />
    </>
  );
}

const error = new GatewayError(503, "Service Unavailable", failure.id);

/** A failure with a request id. Its retry button does nothing here. */
export const FailureDemo = () => <FailureState error={error} title={failure.title} retry={() => {}} />;

const durations = ["duration-quick", "duration-calm"] as const;

/** A todo to complete, and a demo of the durations. */
export function MotionDemo() {
  const [done, setDone] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-12 gap-y-6">
      <span className="flex items-center gap-3 text-lead">
        <Checkbox aria-label={motion.try} checked={done} onChange={setDone} />
        <span className={clsx("stroke", done && "stroke-drawn")}>{motion.try}</span>
      </span>
      <ul className="space-y-3">
        {durations.map((duration) => (
          <li key={duration} className="flex items-center gap-4 font-mono text-sm text-muted">
            <span className="w-32">{duration}</span>
            <span className="block h-3 w-40 bg-wash">
              <span
                className={clsx("block size-3 bg-accent transition-transform", duration, done && "translate-x-37")}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
