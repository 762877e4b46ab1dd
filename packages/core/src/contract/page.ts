import * as z from "zod";

/** Query of every paged collection. A cursor is opaque and only valid in its collection. */
export const PageQuery = z.strictObject({
  // Digits only, because JavaScript also parses 1e1 and 0x10 as numbers.
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

/** One page of a collection. `next` is the cursor of the next page, if there is one. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string | undefined;
}
