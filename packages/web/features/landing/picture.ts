/** The role of a text, which decides its typeface, size and color. */
export type TextRole = "name" | "note" | "head" | "path" | "number";
export type LineRole = "flow" | "check" | "rule" | "margin" | "tally";

/** A shape, in pixels of the picture's full size. The component that shows it chooses colors and typefaces. */
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
