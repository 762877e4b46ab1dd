import { createHash } from "node:crypto";
import * as z from "zod";
import { Problem } from "../problem.ts";

/** A position in one collection, as text for the client and back. */
export interface Cursor<Position> {
  encode(position: Position): string;
  /** @throws validation-failed when the text is not a position of this collection */
  decode(cursor: string): Position;
}

/**
 * Cursors of a collection. A cursor holds a position and no partition: the partition always comes from the request that was
 * authorised, so that a cursor, however it is changed, reaches nothing else. The check binds it to its collection and turns a
 * damaged one into a clear error.
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
        // There is one text for a position, and the decoder is lenient: only the comparison of the texts is exact.
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
