/** What a text is for, which decides its face, size and colour. */
export type TextRole = "name" | "note" | "head" | "path" | "number";
export type LineRole = "flow" | "check" | "rule" | "margin" | "tally";

/** A piece of a picture, in pixels of its widest size. Colours and faces belong to whoever shows it. */
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

/** A picture with the words that take its place where it cannot be seen, or has no room. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
  /** The same in sentences, in the order of a request. */
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}
