import * as z from "zod";

/** The role of a text, which decides its typeface, size and color. */
const TextRole = z.enum(["name", "note", "head", "path", "number"]);
export type TextRole = z.output<typeof TextRole>;
const LineRole = z.enum(["flow", "check", "rule", "margin", "tally"]);
export type LineRole = z.output<typeof LineRole>;

/** A shape, in pixels of the picture's full size. The component that shows it chooses colors and typefaces. */
const Shape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    role: TextRole,
    x: z.number(),
    y: z.number(),
    text: z.string(),
    anchor: z.enum(["middle", "end"]).optional(),
  }),
  z.object({ kind: z.literal("line"), role: LineRole, d: z.string() }),
  z.object({ kind: z.literal("box"), x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
]);
export type Shape = Readonly<z.output<typeof Shape>>;

/** A picture, with sentences for screen readers and narrow screens. */
export const Picture = z.object({
  width: z.number(),
  height: z.number(),
  title: z.string(),
  shapes: z.array(Shape),
  /** The same content in sentences, in the order of a request. */
  parts: z.array(z.object({ name: z.string(), text: z.string() })),
});
export type Picture = z.output<typeof Picture>;
