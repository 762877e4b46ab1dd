import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { command, root } from "./lib/command.ts";
import { Advice, run, step } from "./lib/terminal.ts";

// Removes the blog, for a product without one. See "Without the blog" in CONTRIBUTING.md.

/** The files and folders of the blog, as patterns of Git. */
const blog = [
  "packages/core/src/{author,comment,markdown,post,published,revalidation}",
  "packages/core/src/events.blog.ts",
  "packages/core/src/clean-up/{clean-up.blog,unused-media*}.ts",
  "packages/core/src/user/{user.author,reader-id*}.ts",
  "packages/functions/src/{author,comment,post,publishing,reading,render-post,resources.blog}.ts",
  "packages/functions/src/present/{comment,post*}.ts",
  "packages/functions/src/schedules/publish-scheduled.ts",
  "packages/functions/src/subscribers/{blog-events*,count-comments,grouped-queue-consumer*,mail-comments,revalidate}.ts",
  "packages/web/app/{(reading),feeds,revalidate,write}",
  "packages/web/copy/{author,blog-links,comments.*,landing.blog,reading,writing}.ts",
  "packages/web/features/{comments,markdown,reading,writing}",
  "packages/web/features/account/profile/{author-fields,notifications}.tsx",
  "packages/web/features/landing/for-readers.tsx",
  "infra/{blog,events.blog,operations.blog,reading-pages,revalidation}.ts",
  "bench/{publish,cost/blog,cost/blog-month,cost/measure-blog}.ts",
  "scripts/{bench-publish,pictures}.ts",
  "scripts/pictures",
  "scripts/lib/{blog-pages,comment-mails}.ts",
  "scripts/screenshots/blog-scenes.ts",
  "scripts/seed/{blog,comments,demo-readers,post-file,upload}.ts",
  "scripts/seed/posts",
  "docs/screenshots/post-*",
  "tests/{blog,demo-blog.test}.ts",
  "tests/api/{authors,comments*,posts,publishing}.test.ts",
  "tests/api/{limited,repeatable}-in-blog.ts",
  "tests/e2e/{comments,reading,writing}",
  "tests/local/{addresses,blog-events.test,cached-pages.test,canonical.test,comment-mail.test,public-ids.test,publishing.test}.ts",
];

/** npm scripts of the blog. */
const scripts = ["bench:publish", "pictures"];

/** Returns the paths of patterns with alternatives: `a/{b,c}` gives `a/b` and `a/c`. */
const alternatives = (pattern: string): string[] => {
  const [, start = "", names = "", end = ""] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
  return names === "" ? [pattern] : names.split(",").map((name) => start + name + end);
};

const filesOf = async (...patterns: readonly string[]) =>
  (await command("git", ["ls-files", "-z", "--", ...patterns])).output.split("\0").filter((file) => file !== "");

/** Returns the file that an import refers to. */
const resolved = (file: string, name: string) =>
  name.startsWith("@daybook/core/")
    ? `packages/core/src/${name.slice("@daybook/core/".length)}.ts`
    : path.posix.join(path.posix.dirname(file), name);

/** Removes marked regions and lines, but keeps what their comments offer instead: `// #else const posts = 0;`. */
function withoutRegions(text: string): string {
  return text
    .replace(/<!-- #region blog -->.*?<!-- #endregion blog -->\n?/gs, "")
    .replace(/^.*#region blog\b.*\n([\s\S]*?)^.*#endregion blog\b.*\n/gm, (_, region: string) =>
      region.replace(/^.*\n/gm, (line) => (/#else (.*?)(?: \*\/\})?\n$/.exec(line)?.[1] ?? "") && `${RegExp.$1}\n`),
    )
    .replace(/^.*#blog\b.*\n/gm, "");
}

/** Removes what only uses an import that is gone: elements of lists, properties, JSX elements and calls. */
function withoutUses(text: string, name: string): string {
  const use = String.raw`(?:\.\.\.)?(?:await )?${name}\b[\w.]*(?:\([^()]*\))?`;
  return text
    .replace(new RegExp(String.raw`^ *(?:[\w"-]+: )?${use}[,;]\n`, "gm"), "")
    .replace(new RegExp(String.raw`^ *<${name}\b[^<>]*/>\n`, "gm"), "")
    .replace(new RegExp(String.raw`,\s+${use}(?=\s*[,\])}])`, "g"), "")
    .replace(new RegExp(String.raw`(?<=[[({]\s*)${use}(?:,\s*|(?=\]))`, "g"), "");
}

/** Removes the imports of deleted files, and what only uses them. */
function withoutDeadImports(file: string, text: string, deleted: ReadonlySet<string>): string {
  const names: string[] = [];
  const kept = text
    .replace(
      /^(?:import|export|@import)\b([^;]*?)"([^"\n]+)"(?: with [^;]*)?;\n/gm,
      (statement, what: string, from) => {
        if (!deleted.has(resolved(file, from))) return statement;
        names.push(
          ...(what.replace(/\w+ as /g, "").match(/\w+/g) ?? []).filter((word) => !/^(type|from|as)$/.test(word)),
        );
        return "";
      },
    )
    .replace(/^.*\bimport\("([^"\n]+)"\).*\n/gm, (line, from) => (deleted.has(resolved(file, from)) ? "" : line));
  return names.reduce(withoutUses, kept);
}

async function removeBlog(): Promise<void> {
  const { output: changes } = await command("git", ["status", "--porcelain"]);
  if (changes !== "") throw new Advice("The repository has changes.", "Commit them first, then run this again.");

  const deleted = new Set(await filesOf(...blog.flatMap(alternatives)));
  for (const file of deleted) await rm(path.join(root, file));
  for (const file of await filesOf("*.ts", "*.tsx", "*.css", "*.md", "*.yml", "*.mjs")) {
    if (deleted.has(file)) continue;
    const before = await readFile(path.join(root, file), "utf8");
    const after = withoutDeadImports(file, withoutRegions(before), deleted);
    if (after !== before) await writeFile(path.join(root, file), after);
  }
  const manifest = path.join(root, "package.json");
  const lines = (await readFile(manifest, "utf8")).split("\n");
  await writeFile(
    manifest,
    lines.filter((line) => !scripts.some((name) => line.startsWith(`    "${name}": `))).join("\n"),
  );
}

await run(async () => {
  await step("Removing the blog's files, and what other files have of it", removeBlog);
  await step("Removing unused imports", () =>
    command("biome", ["lint", "--write", "--unsafe", "--only=correctness/noUnusedImports", "."]),
  );
  await step("Formatting", () => command("biome", ["check", "--write", "."]));
});
