import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

/** The page loads only its own scripts and styles, connects only to the mailbox, and cannot be framed. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const read = (name: string) => readFile(new URL(`./viewer/${name}`, import.meta.url), "utf8");
/** Scripts keep their `.ts` names in the browser. Only the types are removed. */
const script = async (name: string) => (await transform(await read(name), { loader: "ts", target: "es2022" })).code;

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  ts: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};
const names: ReadonlySet<string> = new Set([
  "viewer.css",
  "list.css",
  "reader.css",
  "viewer.ts",
  "list.ts",
  "reader.ts",
  "dom.ts",
  "favicon.svg",
]);

/** Returns a file of the viewer, or `undefined` if the path is unknown. */
export async function viewerFile(path: string) {
  const name = path === "/" ? "index.html" : path.slice(1);
  if (path !== "/" && !names.has(name)) return undefined;
  const type = types[name.split(".").at(-1) ?? ""] ?? "text/plain";
  const body = name.endsWith(".ts") ? await script(name) : await read(name);
  return { headers: { "content-type": type, "content-security-policy": policy }, body };
}
