import type { IncomingMessage } from "node:http";

/**
 * The whole body of a request, or `undefined` when it is longer than `limit` bytes. It is read to its end either way: a client
 * that is still sending would see a broken connection instead of the answer.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
