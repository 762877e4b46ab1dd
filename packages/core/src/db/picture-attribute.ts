import * as z from "zod";
import { MediaId } from "../ids.ts";

/** A picture as it is stored in other items. Its URLs are derived from `id` and `widths`. All sizes are in pixels. */
export const StoredPicture = z.object({
  id: MediaId,
  width: z.int(),
  height: z.int(),
  /** A small preview as a data URL. */
  placeholder: z.string(),
  /** Pictures that were stored before it was known count as opaque. */
  transparent: z.boolean().default(false),
  widths: z.array(z.int()).readonly(),
  /** Whether there is a file for cards of social networks. Pictures that were uploaded earlier have none. */
  hasCard: z.boolean().default(false),
});
export type StoredPicture = Readonly<z.output<typeof StoredPicture>>;
