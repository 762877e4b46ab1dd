"use client";

import clsx from "clsx";
import { useState } from "react";
import { design } from "../../copy/design.ts";
import { Checkbox } from "../../lib/ui/form/checkbox.tsx";

const durations = ["duration-quick", "duration-calm"] as const;

/** A todo to complete, and a demo of the durations. */
export function MotionDemo() {
  const [done, setDone] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-12 gap-y-6">
      <span className="flex items-center gap-3 text-lead">
        <Checkbox aria-label={design.motion.try} checked={done} onChange={setDone} />
        <span className={clsx("stroke", done && "stroke-drawn")}>{design.motion.try}</span>
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
