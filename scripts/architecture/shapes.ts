/** The role of a text, which decides its typeface, size and color. */
type TextRole = "name" | "note" | "head" | "path" | "number";
type LineRole = "flow" | "check" | "rule" | "margin" | "tally";

/** A shape, in pixels of the picture's full size. What shows it chooses colors and typefaces. */
export type Shape =
  | {
      readonly kind: "text";
      readonly role: TextRole;
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor?: "middle" | "end";
    }
  | { readonly kind: "line"; readonly role: LineRole; readonly d: string }
  | { readonly kind: "box"; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A picture, with sentences for screen readers and narrow screens. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
  /** The same content in sentences, in the order of a request. */
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}

export const text = (role: TextRole, x: number, y: number, content: string, anchor?: "middle" | "end"): Shape => ({
  kind: "text",
  role,
  x,
  y,
  text: content,
  ...(anchor && { anchor }),
});

export const line = (role: LineRole, d: string): Shape => ({ kind: "line", role, d });

type Point = readonly [x: number, y: number];

/** Draws a polyline that ends in an arrowhead. */
export function arrow(role: "flow" | "check", ...points: readonly [Point, Point, ...Point[]]): Shape[] {
  const path = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  const [[fromX, fromY], [x, y]] = [points.at(-2) ?? points[0], points.at(-1) ?? points[1]];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const head = (side: number) => `${x - 6 * dx + 4 * side * dy} ${y - 6 * dy + 4 * side * dx}`;
  const tip = `M${head(1)}L${x} ${y}L${head(-1)}`;
  // The tip of a dashed arrow is solid.
  return role === "flow" ? [line(role, path + tip)] : [line(role, path), line("flow", tip)];
}

/** Draws tally marks. Each fifth stroke crosses the four before it. */
export function tally(count: number, x: number, y: number): Shape {
  const strokes = Array.from({ length: count }, (_, index) => {
    const left = x + Math.floor(index / 5) * 34;
    const place = index % 5;
    return place === 4 ? `M${left - 4} ${y - 1}L${left + 22} ${y - 11}` : `M${left + place * 6} ${y}V${y - 12}`;
  });
  return line("tally", strokes.join(""));
}

/** Draws a box with a name, and notes in small type. */
export function box(x: number, y: number, width: number, height: number, name: string, ...notes: string[]): Shape[] {
  // In a tall box, the name is at the top.
  const middle = Math.min(height / 2, 46);
  const top = y + middle - notes.length * 9 + 5;
  return [
    { kind: "box", x, y, width, height },
    text("name", x + 16, top, name),
    ...notes.map((note, index) => text("note", x + 16, top + 19 + index * 18, note)),
  ];
}
