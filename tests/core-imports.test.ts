import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { command } from "../scripts/lib/command.ts";
import { circlesIn, importsOf, isTest, read, root, sources } from "./import-graph.ts";

/**
 * The folders of core, and its modules outside of a folder, from the bottom up. Each imports only those before it,
 * including types.
 */
const floors = [
  ...["brand", "clean-text", "length", "clock", "call-limits", "ulid-form", "ids", "id-forms", "text"],
  ...["contract", "problem", "retry", "date", "db", "call-context", "mail"],
  "media",
  ...["markdown", "author", "published", "events.blog"], // #blog
  ...["events", "event-queue", "event-topic"],
  ...["attempt", "notice", "recovery", "account"],
  ...["user", "list", "todo"],
  "site",
  ...["post", "comment", "revalidation"], // #blog
  ...["orphan", "lifecycle", "clean-up", "system"],
  ...["api", "client"],
];

const core = /^packages\/core\/src\//;
const floorOf = (file: string) => file.replace(core, "").replace(/\/.*|\.ts$/, "");
const modules = sources.filter((file) => core.test(file) && !isTest(file) && !/\/test-[\w-]+\.ts$/.test(file));

describe("the imports inside of core", () => {
  it("has a floor for each folder and module", () => {
    expect(floors.toSorted()).toEqual([...new Set(modules.map(floorOf))].sort());
  });

  it("runs only down", () => {
    const upward = modules.flatMap((file) =>
      importsOf(file)
        .filter((imported) => core.test(imported) && floors.indexOf(floorOf(imported)) > floors.indexOf(floorOf(file)))
        .map((imported) => `${file} → ${imported}`),
    );
    expect(upward).toEqual([]);
  });

  it("has no cycles, including types", () => {
    expect(circlesIn(core)).toEqual([]);
  });
});

const { exports } = z
  .object({ exports: z.record(z.string(), z.union([z.string(), z.object({ browser: z.null() })])) })
  .parse(JSON.parse(read("packages/core/package.json")));

/** The modules that the exports map of core offers to the web app. */
const offered = Object.values(exports).flatMap((target) => {
  if (typeof target !== "string") return [];
  const [start = "", end = ""] = path.posix.join("packages/core", target).split("*");
  return modules.filter(
    (file) => file === start || (target.includes("*") && file.startsWith(start) && file.endsWith(end)),
  );
});

/** Returns the packages that a module of core imports, directly and through other modules. */
function packagesOf(file: string, visited = new Set<string>()): string[] {
  if (visited.has(file)) return [];
  visited.add(file);
  return importsOf(file).flatMap((imported) => (core.test(imported) ? packagesOf(imported, visited) : imported));
}

describe("the exports map of core", () => {
  it.each(offered)("offers %s to the web app, which uses no database, AWS SDK or Node.js module", (file) => {
    const server = /^(@aws-sdk\/|@smithy\/|sharp|node:)/;
    expect(packagesOf(file).filter((name) => server.test(name))).toEqual([]);
  });

  it("hides all other modules from the type check of the web app", async () => {
    const folder = await mkdtemp(path.join(root, ".build/exports-"));
    const settings = {
      extends: path.join(root, "packages/web/tsconfig.json"),
      compilerOptions: { incremental: false, tsBuildInfoFile: null },
      files: ["probe.ts"],
      include: [],
    };
    try {
      await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
      await writeFile(
        path.join(folder, "probe.ts"),
        `export { Todo } from "@daybook/core/todo/todo";\nexport { create } from "@daybook/core/todo/todo.service";\n`,
      );
      const error = await command("tsc", ["--project", folder]).catch(String);
      expect(String(error).match(/error TS\d+: .*/g)).toEqual([
        expect.stringContaining("TS2307: Cannot find module '@daybook/core/todo/todo.service'"),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
