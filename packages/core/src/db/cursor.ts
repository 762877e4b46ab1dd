import { createHash } from "node:crypto";
import * as z from "zod";
import { Problem } from "../problem.ts";

/** Encodes a position in a collection as an opaque text for the client, and decodes it. */
export interface Cursor<Position> {
  encode(position: Position): string;
  /** @throws validation-failed when the text is not a position of this collection */
  decode(cursor: string): Position;
}

/**
 * Returns the cursors of a collection. A cursor holds a position but no partition: the partition always comes from the
 * authorized request, so a modified cursor cannot reach other data. A checksum binds the cursor to its collection and
 * detects damage.
 *
 * Example: position `[1024, "tod_1"]` of `lst_1/todos` becomes the base64url of `["<checksum>", [1024, "tod_1"]]`. Sent
 * to `lst_2/todos`, it fails with validation-failed, because the checksum includes the name of the collection.
 */
export function cursorOf<Position>(collection: string, schema: z.core.$ZodType<Position>): Cursor<Position> {
  const Payload = z.tuple([z.string(), schema]);
  const check = (position: Position) =>
    createHash("sha256")
      .update(JSON.stringify([collection, position]))
      .digest("base64url")
      .slice(0, 11);

  const encode = (position: Position) => Buffer.from(JSON.stringify([check(position), position])).toString("base64url");

  return {
    encode,
    decode(cursor) {
      const payload = Payload.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
      if (payload.success) {
        const [, position] = payload.data;
        // The decoder accepts several texts for one position: "abc" and "abc=" decode to the same bytes. Only the exact
        // text is valid.
        if (encode(position) === cursor) return position;
      }
      throw new Problem("validation-failed", {
        errors: [{ pointer: "/query/cursor", detail: "Not a cursor of this collection" }],
      });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
