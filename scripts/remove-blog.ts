import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { command, root } from "./lib/command.ts";
import { Advice, run, step } from "./lib/terminal.ts";

// Removes the blog, for a product without one. See "Without the blog" in CONTRIBUTING.md.

/** The files and folders of the blog, as patterns of Git with alternatives in braces. */
const blog = [
  "packages/core/src/{author,comment,markdown,post,published,revalidation}",
  "packages/core/src/{db/keys.blog,events.blog,clean-up/clean-up.blog,clean-up/unused-media*,user/reader-id*,user/user.author}.ts",
  "packages/functions/src/{author,comment,post,publishing,reading,render-post,resources.blog}.ts",
  "packages/functions/src/{present/comment,present/post*,schedules/publish-scheduled}.ts",
  "packages/functions/src/subscribers/{blog-events*,count-comments,grouped-queue-consumer*,mail-comments,revalidate}.ts",
  "packages/web/app/{(reading),feeds,revalidate,write}",
  "packages/web/copy/{author,blog-links,comments.*,landing.blog,reading,writing}.ts",
  "packages/web/features/{comments,markdown,reading,writing}",
  "packages/web/features/{account/profile/author-fields,account/profile/notifications,landing/for-readers}.tsx",
  "infra/{blog,events.blog,operations.blog,reading-pages,revalidation}.ts",
  "bench/{publish,lambda/blog-scene,cost/blog,cost/blog-month,cost/measure-blog}.ts",
  "scripts/{bench-publish,pictures,remove-blog,lib/blog-pages,lib/comment-mails,screenshots/blog-scenes}.ts",
  "scripts/{pictures,seed/posts}",
  "scripts/seed/{blog,comments,demo-readers,post-file,upload}.ts",
  "docs/decisions/{0014,0015,0026,0027,0029,0048}-*.md",
  "docs/screenshots/post-*",
  "tests/{blog,demo-blog.test,infra/remove-blog.test}.ts",
  "tests/api/{authors.test,comments*,posts.test,publishing.test,limited-in-blog,repeatable-in-blog}.ts",
  "tests/e2e/{comments,reading,writing}",
  "tests/local/{addresses,blog-events*,cached-pages*,canonical*,comment-mail*,public-ids*,publishing*}.ts",
];
/** npm scripts of the blog. */
const scripts = ["bench:publish", "pictures", "remove-blog"];
/** Tests with snapshots of the infrastructure. */
const snapshots = ["api", "events", "stages", "topic"].map((name) => `tests/infra/${name}.test.ts`);

/** Returns the patterns for each alternative: `a/{b,c}` gives `a/b` and `a/c`. */
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

/** Removes marked regions and lines, and keeps what a region has instead: `// #else const posts = 0;`. */
const withoutRegions = (text: string): string =>
  text
    .replace(/<!-- #region blog -->.*?<!-- #endregion blog -->/g, "")
    .replace(/^.*#region blog\b.*\n([\s\S]*?)^.*#endregion blog\b.*\n/gm, (_, region: string) =>
      [...region.matchAll(/#else (.*)/g)].map(([, line]) => `${line}\n`).join(""),
    )
    .replace(/^.*#blog\b.*\n/gm, "");

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
    .replace(/^(?:import|export|@import)\b([^;]*?)"([^"\n]+)";\n/gm, (statement, imported: string, from: string) => {
      if (!deleted.has(resolved(file, from))) return statement;
      names.push(...(imported.replace(/\w+ as /g, "").match(/\b(?!type\b|from\b|as\b)\w+/g) ?? []));
      return "";
    })
    .replace(/^.*\bimport\("([^"\n]+)"\).*\n/gm, (line, from) => (deleted.has(resolved(file, from)) ? "" : line));
  return names.reduce(withoutUses, kept);
}

/** Removes the rows of Markdown tables that name a deleted file or a removed command. */
const withoutRows = (text: string, deleted: ReadonlySet<string>): string =>
  text.replace(/^\|.*\n/gm, (row) =>
    scripts.some((name) => row.includes(`\`npm run ${name}\``)) ||
    [...deleted].some((file) => row.includes(`\`${file}`))
      ? ""
      : row,
  );

/** Removes the lines of the manifests that name a removed command or a module that is gone. */
async function shortenManifests(): Promise<void> {
  const isGone = (line: string) =>
    scripts.some((name) => line.startsWith(`    "${name}": `)) ||
    /"\.\/(src\/\w+\/[^*"]*)/
      .exec(line)
      ?.slice(1)
      .some((start) => !existsSync(path.join(root, "packages/core", start)));
  for (const file of ["package.json", "packages/core/package.json"]) {
    const lines = (await readFile(path.join(root, file), "utf8"))
      .replace("todo list and blog", "todo list")
      .split("\n");
    await writeFile(path.join(root, file), lines.filter((line) => !isGone(line)).join("\n"));
  }
}

async function removeBlog(): Promise<void> {
  const deleted = new Set(await filesOf(...blog.flatMap(alternatives)));
  await command("git", ["rm", "--quiet", "--", ...deleted]);
  for (const file of await filesOf("*.ts", "*.tsx", "*.css", "*.md")) {
    const before = await readFile(path.join(root, file), "utf8");
    const text = withoutRegions(before);
    const after = file.endsWith(".md") ? withoutRows(text, deleted) : withoutDeadImports(file, text, deleted);
    if (after !== before) await writeFile(path.join(root, file), after);
  }
  await shortenManifests();
}

await run(async () => {
  const { output: changes } = await command("git", ["status", "--porcelain"]);
  if (changes !== "") throw new Advice("The repository has changes.", "Commit them first, then run this again.");
  await step("Removing the blog's files, and what other files have of it", removeBlog);
  const lint = ["lint", "--write", "--unsafe", "--only=correctness/noUnusedImports", "."];
  await step("Removing unused imports", () => command("biome", lint));
  await step("Formatting", () => command("biome", ["check", "--write", "."]));
  await step("Synthesizing", () => command("node", ["scripts/synth.ts"]));
  await step("Removing unused packages", () => command("knip", ["--fix", "--fix-type=dependencies", "--no-exit-code"]));
  await step("Updating the costs", () => command("node", ["scripts/cost.ts", "--prices"]));
  await step("Updating snapshots", () => command("vitest", ["run", "--project=infra", ...snapshots, "--update"]));
  console.log(`
  The blog is removed. Then:

  1. Run \`npm install && npm run lock\`, because packages are gone.
  2. Run \`npm test\`, and review \`git diff\`.
  3. Delete \`.local\`, or the posts of this machine stay in its database.
`);
});
