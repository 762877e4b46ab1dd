import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md", "*.ts", "*.tsx", "*.mjs"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");

/** Words that `docs/language.md` avoids: indefinite actors, and phrases that hide a standard term. */
const banned =
  /\b(whoever|whomever|whatever|anew|somebody|nobody|anybody|everybody|mend(s|ed|ing)?|(is|are|be|been) told|as it should be|no matter of|so that none|beginning again|what is not there)\b/i;
/** Quotes what it advises against. */
const allowed = ["docs/language.md", "tests/language.test.ts"];
const isComment = (line: string) => /^\s*(\/\*|\*|\/\/|\{\/\*)/.test(line);
const isAddress = (line: string) => /https?:\/\/\S+$/.test(line);
/** Files whose strings people read, in the app or in the API reference. */
const hasTexts = (file: string) =>
  /^packages\/web\/copy\/|^packages\/core\/src\/(\w+\/\w+\.api|contract\/problem)\.ts$/.test(file);

/** Returns the prose in a line of a file: all of Markdown, comments, and the strings of some files. */
function proseOf(file: string, line: string): string {
  if (file.endsWith(".md") || isComment(line)) return line;
  return hasTexts(file) ? (line.match(/"[^"]*"|`[^`]*`/g) ?? []).join(" ") : "";
}

const linesOf = (file: string) =>
  readFileSync(path.join(root, file), "utf8")
    .split("\n")
    .map((line, index) => ({ text: proseOf(file, line), place: `${file}:${index + 1}` }));
const found = (matches: (text: string) => boolean) =>
  files
    .filter((file) => !allowed.includes(file))
    .flatMap(linesOf)
    .flatMap(({ text, place }) => (matches(text) ? [`${place}: ${text.trim()}`] : []));

it("prose uses none of the banned words", () => {
  expect(found((text) => banned.test(text))).toEqual([]);
});

it("comments have at most 120 characters in a line", () => {
  expect(found((text) => isComment(text) && text.length > 120 && !isAddress(text))).toEqual([]);
});
