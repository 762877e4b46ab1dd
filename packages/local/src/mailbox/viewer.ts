import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

/** The page loads nothing but its own script and style, talks to nobody but the mailbox, and cannot be framed. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const read = (name: string) => readFile(new URL(`./viewer/${name}`, import.meta.url), "utf8");
const browserScript = async () => (await transform(await read("viewer.ts"), { loader: "ts", target: "es2022" })).code;

interface File {
  readonly type: string;
  readonly content: () => Promise<string>;
}

const files: Readonly<Record<string, File>> = {
  "/": { type: "text/html; charset=utf-8", content: () => read("index.html") },
  "/viewer.css": { type: "text/css; charset=utf-8", content: () => read("viewer.css") },
  "/viewer.js": { type: "text/javascript; charset=utf-8", content: browserScript },
  "/favicon.svg": { type: "image/svg+xml", content: () => read("favicon.svg") },
};

/** A file of the viewer; `undefined` when there is none at this path. */
export async function viewerFile(path: string) {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (!file) return undefined;
  return { headers: { "content-type": file.type, "content-security-policy": policy }, body: await file.content() };
}
