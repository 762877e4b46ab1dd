import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../lib/command.ts";

/** A drawing in SVG. Lengths are in CSS pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

const font = (file: string) =>
  readFileSync(path.join(root, "node_modules/@fontsource-variable", file)).toString("base64");
const face = (name: string, file: string) =>
  `@font-face { font-family: ${name}; src: url(data:font/woff2;base64,${font(file)}); font-weight: 100 900 }`;
const [palette = ""] = readFileSync(path.join(root, "packages/web/app/tokens.css"), "utf8").split("@theme");

/** The product's colors, fonts and lines, as classes for drawings. */
export const style = `
${palette}
${face("ours-serif", "newsreader/files/newsreader-latin-wght-normal.woff2")}
${face("ours-sans", "inter/files/inter-latin-wght-normal.woff2")}
body { margin: 0 }
svg { display: block }
path, circle, rect { fill: none; stroke-linecap: round; stroke-linejoin: round }
text { font: 20px ours-sans; fill: var(--muted) }
.name { font: 500 24px ours-serif; fill: var(--ink) }
.big { font: 500 30px ours-serif; fill: var(--ink) }
.red { fill: var(--margin); stroke: none }
text.red { fill: var(--danger) }
.on { fill: var(--on-accent) }
.paper { fill: var(--paper) }
.sheet { fill: var(--sheet); stroke: var(--edge); stroke-width: 1.25 }
.quiet { fill: var(--selected); stroke: var(--edge); stroke-width: 1.25 }
.rule { stroke: var(--rule); stroke-width: 1.5 }
.margin { stroke: var(--margin); stroke-width: 2.5 }
.flow { stroke: var(--accent); stroke-width: 2 }
.back { stroke: var(--margin); stroke-width: 2; stroke-dasharray: 6 6 }
.green { fill: var(--accent) }
.pen { stroke: var(--accent); stroke-width: 6 }
.redpen { stroke: var(--margin); stroke-width: 6 }
.ground-green { --paper: #0e5a46; --rule: #2a6f5c; --accent: #faf6ec; --sheet: #0e5a46; --ink: #faf6ec; --margin: #e8705a }
.ground-night { --paper: #1c2420; --rule: #2f3a34; --accent: #8fcdb0; --margin: #e8705a }
.ground-sage { --paper: #e4e9d6; --rule: #d0d8bf }
.ground-sand { --paper: #f1e6cd; --rule: #e0d2b2 }
`;

const anchors = { start: "start", middle: "middle", end: "end" } as const;

export const line = (role: string, d: string): string => `<path class="${role}" d="${d}"/>`;

export const text = (
  role: string,
  x: number,
  y: number,
  content: string,
  anchor: keyof typeof anchors = "start",
): string => `<text class="${role}" x="${x}" y="${y}" text-anchor="${anchors[anchor]}">${content}</text>`;

export const rect = (role: string, x: number, y: number, width: number, height: number, radius = 6): string =>
  `<rect class="${role}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;

export const circle = (role: string, x: number, y: number, r: number): string =>
  `<circle class="${role}" cx="${x}" cy="${y}" r="${r}"/>`;

/** Draws a box with a name and one note per line. */
export function box(x: number, y: number, width: number, height: number, name: string, ...notes: string[]): string {
  const top = y + height / 2 - (notes.length * 26) / 2 + 8;
  return [
    rect("sheet", x, y, width, height),
    text("name", x + width / 2, top, name, "middle"),
    ...notes.map((note, i) => text("", x + width / 2, top + 29 + i * 26, note, "middle")),
  ].join("");
}

type Point = readonly [x: number, y: number];

/** Draws a polyline whose last segment is horizontal or vertical and ends in an arrowhead. */
export function arrow(role: "flow" | "back", ...points: readonly [Point, Point, ...Point[]]): string {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("");
  const [[fromX, fromY], [x, y]] = [points.at(-2) ?? points[0], points.at(-1) ?? points[1]];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const head = (side: number) => `${x - 9 * dx + 5 * side * dy} ${y - 9 * dy + 5 * side * dx}`;
  return line(role, path) + line(role === "back" ? "margin" : "flow", `M${head(1)}L${x} ${y}L${head(-1)}`);
}

/** Creates a figure for a text, on the page's paper. */
export const figure = (height: number, ...parts: readonly string[]): Drawing => ({
  width: 720,
  height,
  svg: rect("paper", 0, 0, 720, height, 0) + parts.join(""),
});

/** Creates a cover: a page of the ledger with a drawing. Lists crop an eighth on either side. */
export function cover(ground: "green" | "night" | "sage" | "sand", ...parts: readonly string[]): Drawing {
  const rules = Array.from({ length: 9 }, (_, i) => line("rule", `M0 ${32 + i * 32}H640`));
  const page = [rect("paper", 0, 0, 640, 320, 0), ...rules, line("margin", "M112 0V320"), ...parts];
  return { width: 640, height: 320, svg: `<g class="ground-${ground}">${page.join("")}</g>` };
}
