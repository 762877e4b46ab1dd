import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const maps = new Map<string, SourceMap | undefined>();

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) {
    const found = existsSync(`${file}.map`) ? readFileSync(`${file}.map`, "utf8") : undefined;
    maps.set(file, found === undefined ? undefined : new SourceMap(JSON.parse(found)));
  }
  return maps.get(file);
}

const position = /(file:\/\/\/[^\s:)]+\.[cm]js):(\d+):(\d+)/g;

/**
 * Translates a stack trace from lines of bundles to lines of source files. It is called only for traces that are shown:
 * a runtime that loads source maps itself takes a quarter longer to start.
 */
export function readableTrace(text: string): string {
  return text.replace(position, (whole, url: string, line: string, column: string) => {
    const bundle = fileURLToPath(url);
    const origin = mapOf(bundle)?.findOrigin(Number(line), Number(column));
    if (!origin || !("fileName" in origin) || origin.fileName === undefined) return whole;
    const file = path.resolve(path.dirname(bundle), origin.fileName);
    return `${path.relative(process.cwd(), file)}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}
