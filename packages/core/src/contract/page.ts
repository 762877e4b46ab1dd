import * as z from "zod";

/** The query of every paged collection. A cursor is opaque, and means nothing outside the collection that it came from. */
export const PageQuery = z.strictObject({
  // Digits alone: a number of JavaScript may also be written as 1e1 or 0x10.
  limit: z.coerce
    .string<string | number>()
    .regex(/^\d{1,9}$/, "Not a whole number")
    .pipe(z.coerce.number<string>().int().min(1).max(100))
    .default(100)
    .meta({ description: "Maximum number of items in a page" }),
  cursor: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .meta({ description: "Cursor from the `Link` header of the previous page" }),
});
export type PageQuery = z.output<typeof PageQuery>;

/** One page of a collection; `next` is the cursor of the page that follows, if there is one. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string | undefined;
}
