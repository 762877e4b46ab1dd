"use client";

import clsx from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { common } from "../../../copy/common.ts";
import type { FieldProps } from "./field.tsx";
import { FieldFrame, inputShape } from "./field-frame.tsx";

/** A password field with a button that shows the password. */
export function PasswordField({ label, hint, error, invalid, ...input }: Omit<FieldProps, "type">) {
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={input.name}>
      {(described) => (
        <div className="relative">
          <input
            {...input}
            {...described}
            type={shown ? "text" : "password"}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className={clsx(inputShape, "min-h-control pr-12")}
          />
          <button
            type="button"
            aria-label={shown ? common.hidePassword : common.showPassword}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-control place-items-center rounded-md text-muted hover:text-ink"
          >
            {shown ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
