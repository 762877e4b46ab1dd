import { createHash } from "node:crypto";

/**
 * Returns the hashes of the inline scripts that Next.js itself generates: the call that starts its runtime, and the
 * rows of the page's data. All other inline scripts get no hash, so browsers block them.
 * @returns distinct hashes, each as `sha256-…`
 */
export function inlineScriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
  const own = scripts.filter(([, attributes = "", text = ""]) => !/\ssrc=/.test(attributes) && isOfNext(text));
  return [...new Set(own.map(([, , text = ""]) => `sha256-${createHash("sha256").update(text).digest("base64")}`))];
}

const firstRow = "(self.__next_f=self.__next_f||[]).push([0])";
const row = /^self\.__next_f\.push\((\[[\s\S]*\])\)$/;
const start = /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{[\s\S]*\})\);$/;

function isOfNext(script: string): boolean {
  return script === firstRow || isRow(parse(row, script)) || isStart(parse(start, script));
}

/**
 * Returns the argument of a script that has this form. The argument must be JSON; an expression in its place would be
 * code.
 */
function parse(form: RegExp, script: string): unknown {
  const data = form.exec(script)?.[1];
  try {
    return data === undefined ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}

const isRow = (data: unknown) =>
  Array.isArray(data) && data.length === 2 && typeof data[0] === "number" && typeof data[1] === "string";

function isStart(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  if (!("otherChunks" in data && "runtimeModuleIds" in data) || Object.keys(data).length !== 2) return false;
  const { otherChunks, runtimeModuleIds } = data;
  return (
    Array.isArray(otherChunks) &&
    otherChunks.every((chunk) => typeof chunk === "string" && /^static\/chunks\/[\w.-]+\.js$/.test(chunk)) &&
    Array.isArray(runtimeModuleIds) &&
    runtimeModuleIds.every((id) => typeof id === "number" || typeof id === "string")
  );
}
