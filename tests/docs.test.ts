import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const documents = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);

/** Returns the code spans, code blocks and link targets of a document. */
function mentions(document: string) {
  const text = readFileSync(path.join(root, document), "utf8");
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
  const blocks = [...text.matchAll(/```\w*\n([^`]+)```/g)].map((match) => match[1] ?? "");
  return {
    code: inline,
    commands: [...inline, ...blocks],
    links: [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? ""),
  };
}

/**
 * Whether a code span is a path in this repository. Its first folder distinguishes it from routes, types and other
 * text.
 */
const isPath = (word: string) => /^(\.ci|docs|infra|packages|scripts|tests|bench)\/[\w./-]+$/.test(word);

describe.each(documents)("%s", (document) => {
  const { code, commands, links } = mentions(document);

  it("references only files that exist", () => {
    const linked = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => path.join(path.dirname(document), link));
    const missing = [...code.filter(isPath), ...linked].filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  it("references only commands that exist", () => {
    const named = commands.flatMap((each) =>
      [...each.matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map((match) => match[1] ?? ""),
    );
    const known = new Set([...Object.keys(scripts), "ci", "install", "rebuild", "pack", "run"]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(documents.filter((document) => document.startsWith("docs/decisions/")))("%s", (document) => {
  it("has its number in its title, and a status with a date", () => {
    const [title, , status] = readFileSync(path.join(root, document), "utf8").split("\n");
    expect(title).toMatch(new RegExp(`^# ${Number(path.basename(document).slice(0, 4))}\\. .`));
    expect(status).toMatch(/^\*\*Status\.\*\* (Accepted|Superseded), \d{4}-\d{2}-\d{2}\./);
  });
});
