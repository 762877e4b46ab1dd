"use client";

import clsx from "clsx";
import { useId } from "react";
import { common } from "../../../copy/common.ts";
import { useHydrated } from "../../hydrated.ts";
import { chooseTheme, themes, useTheme } from "./theme.ts";

/**
 * The choice between light, dark and system theme at the foot of a page. Invisible until hydration, so it causes no
 * layout shift.
 */
export function ThemeChoice() {
  const theme = useTheme();
  const name = useId();
  const hydrated = useHydrated();
  return (
    <fieldset className={clsx("flex items-center rounded-md border border-edge", !hydrated && "invisible")}>
      <legend className="sr-only">{common.theme.label}</legend>
      {themes.map(([value, words]) => (
        <label
          key={value}
          className="flex min-h-9 items-center rounded-md px-3 text-muted transition-colors hover:text-ink has-checked:bg-wash has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={theme === value}
            onChange={() => chooseTheme(value)}
            className="sr-only"
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
