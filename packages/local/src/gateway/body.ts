import type { Readable } from "node:stream";

/**
 * Reads the body of a request. Resolves to `undefined` if it is longer than `limit` bytes. Reads to the end in both
 * cases, because a client that is still sending would see a connection error instead of the response.
 */
export async function readBody(request: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
