import { readFileSync } from "node:fs";
import path from "node:path";
import * as brand from "@daybook/core/brand";
import { describe, expect, it } from "vitest";
import { contrast, fromHex } from "./contrast.ts";

const css = readFileSync(path.resolve(import.meta.dirname, "../../app/tokens.css"), "utf8");
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

function ratio(theme: "light" | "dark", one: string, other: string): number {
  const [front, back] = [colours.get(one), colours.get(other)];
  if (!front || !back) throw new Error(`tokens.css has no colour ${front ? other : one}`);
  return contrast(fromHex(front[theme]), fromHex(back[theme]));
}

const grounds = ["paper", "sheet", "wash", "selected"];

/** Text and background pairs. WCAG 2.2 requires a contrast of at least 4.5. */
const texts = [
  ...grounds.flatMap((ground) =>
    ["ink", "muted", "accent", "accent-strong", "danger"].map((text) => [text, ground] as const),
  ),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-accent", "danger"],
  ["on-accent", "danger-strong"],
  ["danger", "danger-soft"],
  ["ink", "note-soft"],
  ["paper", "ink"],
] as const;

/** Outlines of controls, and shapes that tell states apart. WCAG 2.2 requires a contrast of at least 3. */
const shapes = [
  ["edge", "paper"],
  ["edge", "sheet"],
  ["margin", "paper"],
  ["margin", "sheet"],
  ["accent", "sheet"],
] as const;

describe.each(["light", "dark"] as const)("the %s palette", (theme) => {
  it.each(texts)("has enough contrast for %s text on %s", (text, ground) => {
    expect(ratio(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)("has enough contrast for %s shapes on %s", (shape, ground) => {
    expect(ratio(theme, shape, ground)).toBeGreaterThanOrEqual(3);
  });
});

it.each(["light", "dark"] as const)("has the color of the %s paper under an overlay's backdrop", (theme) => {
  const scrims = /--scrim: light-dark\(rgb\(([\d ]+) \/ ([\d.]+)\), rgb\(([\d ]+) \/ ([\d.]+)\)\)/.exec(css) ?? [];
  const [scrim = "", share] = theme === "light" ? scrims.slice(1) : scrims.slice(3);
  const over = scrim.split(" ").map(Number);
  const paper = fromHex(colours.get("paper")?.[theme] ?? "");
  const mixed = paper.map((channel, i) => Math.round((over[i] ?? 0) * Number(share) + channel * (1 - Number(share))));
  expect(fromHex(colours.get("paper-dimmed")?.[theme] ?? "")).toEqual(mixed);
});

it("uses the paper color for the browser's bars", () => {
  expect(brand.paper).toEqual(colours.get("paper"));
});

describe("contrast", () => {
  it("is 21 between black and white, and 1 between a color and itself", () => {
    expect(contrast(fromHex("#000000"), fromHex("#ffffff"))).toBeCloseTo(21);
    expect(contrast(fromHex("#0e5a46"), fromHex("#0e5a46"))).toBe(1);
  });
});
