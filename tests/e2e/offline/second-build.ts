import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { todoWords } from "../../../packages/web/copy/todo.ts";
import { withPagePolicy } from "../../../packages/web/lib/page-policy.ts";

/** The placeholder of the new-todo field in the second build. */
export const secondPlaceholder = "What will you do next?";

const chunks = "static/chunks/";
/**
 * The prefix of the second build's chunks. A changed chunk has a new name, and in the second build all chunks have
 * changed.
 */
const secondChunks = `${chunks}second-`;
const integrityOf = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/**
 * Derives another build from the one that the local cloud serves, with other chunk names, another id and another
 * placeholder.
 */
export async function openSecondBuild(cloudUrl: string) {
  const { id } = /build:"(?<id>[^"]+)"/.exec(await (await fetch(`${cloudUrl}/sw.js`)).text())?.groups ?? {};
  if (id === undefined) throw new Error("The service worker names no build");

  const changeText = (text: string) =>
    text
      .replaceAll(chunks, secondChunks)
      .replaceAll(id, `second-${id}`)
      .replaceAll(todoWords.newTodo.placeholder, secondPlaceholder);

  /** The service worker contains the hash of each file, so the hashes must be replaced, too. */
  async function changeWorker(text: string): Promise<string> {
    const listed = [...text.matchAll(/url:"(\/_next\/static\/chunks\/[^"]+)",integrity:"([^"]+)"/g)];
    const hashes = await Promise.all(
      listed.map(async ([, url = "", integrity = ""]): Promise<[string, string]> => {
        return [integrity, integrityOf(changeText(await (await fetch(cloudUrl + url)).text()))];
      }),
    );
    return hashes.reduce((changed, [from, to]) => changed.replace(from, to), changeText(text));
  }

  return {
    isChunk: (path: string) => path.startsWith(`/_next/${chunks}`),
    isOwn: (path: string) => path.startsWith(`/_next/${secondChunks}`),
    originalOf: (path: string) => path.replace(secondChunks, chunks),
    changes: (type = "") => /html|javascript|css|x-component/.test(type),

    async change(path: string, sent: IncomingHttpHeaders, text: string) {
      const body = path === "/sw.js" ? await changeWorker(text) : changeText(text);
      const { "content-length": _, etag: __, ...headers } = sent;
      const known = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === "string");
      const page = withPagePolicy({ statusCode: 200, headers: Object.fromEntries(known), body });
      const out: OutgoingHttpHeaders = { ...headers, ...page.headers };
      return { headers: out, body };
    },
  };
}
