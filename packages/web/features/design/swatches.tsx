"use client";

import clsx from "clsx";
import { useEffect, useRef, useState } from "react";
import { design } from "../../copy/design.ts";
import { channels, contrast } from "./contrast.ts";

const uses: Readonly<Record<string, string>> = design.colour.uses;
/** The color that the contrast is measured with. */
const pairs: Readonly<Record<string, string>> = design.colour.pairs;

// Complete class names, because Tailwind searches this file's text for them.
const fills = {
  paper: "bg-paper",
  sheet: "bg-sheet",
  wash: "bg-wash",
  selected: "bg-selected",
  ink: "bg-ink",
  muted: "bg-muted",
  rule: "bg-rule",
  edge: "bg-edge",
  margin: "bg-margin",
  accent: "bg-accent",
  "accent-strong": "bg-accent-strong",
  "on-accent": "bg-on-accent",
  danger: "bg-danger",
  "danger-strong": "bg-danger-strong",
  "danger-soft": "bg-danger-soft",
  "note-soft": "bg-note-soft",
} satisfies Record<keyof typeof design.colour.uses, string>;

/** The colors with their contrast, measured in the theme of the surrounding element. */
export function Swatches() {
  const list = useRef<HTMLUListElement>(null);
  const [ratios, setRatios] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    const colour = (name: string) => {
      const swatch = list.current?.querySelector(`[data-colour="${name}"]`);
      return channels(swatch ? getComputedStyle(swatch).backgroundColor : "");
    };
    const measured = Object.keys(fills).map((name) => {
      const ratio = contrast(colour(name), colour(pairs[name] ?? "paper"));
      return [name, ratio.toFixed(1)];
    });
    setRatios(Object.fromEntries(measured));
  }, []);
  return (
    <ul ref={list} className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {Object.entries(fills).map(([name, fill]) => (
        <li key={name} className="flex items-center gap-3">
          <span data-colour={name} className={clsx("size-10 shrink-0 rounded-md border border-edge", fill)} />
          <span className="min-w-0 flex-1">
            <span className="block font-mono text-sm">{name}</span>
            <span className="block text-sm text-muted">{uses[name]}</span>
          </span>
          <span className="text-right text-sm text-muted tabular-nums">
            {name !== "paper" && ratios[name]}
            {pairs[name] && <span className="block text-xs">{design.colour.on(pairs[name])}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
