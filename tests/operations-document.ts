import { readFileSync } from "node:fs";
import path from "node:path";

/** The text of docs/operations.md. */
export const document = readFileSync(path.resolve(import.meta.dirname, "../docs/operations.md"), "utf8");

/** Returns the code spans in the first column of the table below a heading of docs/operations.md. */
export function firstColumn(heading: string): string[] {
  const section = document.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? "");
}
