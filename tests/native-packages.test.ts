import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const Entry = z.object({
  version: z.string().optional(),
  optional: z.boolean().default(false),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
type Entry = z.output<typeof Entry>;

const lockFile = path.join(import.meta.dirname, "../package-lock.json");
const { packages } = z
  .object({ packages: z.record(z.string(), Entry) })
  .parse(JSON.parse(readFileSync(lockFile, "utf8")));

/** Returns the lock file entry of a package's dependency. As in Node.js, the nearest folder wins. */
function entryFor(parent: string, name: string): Entry | undefined {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const found = packages[folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`];
    if (found || folder === "") return found;
  }
}

/** The platforms that every native package must support. On Linux, the C library is glibc. */
const platforms = [
  { os: "linux", cpu: "x64" },
  { os: "linux", cpu: "arm64" },
  { os: "darwin", cpu: "arm64" },
  { os: "darwin", cpu: "x64" },
  { os: "win32", cpu: "x64" },
];

const isFor = (entry: Entry | undefined, { os, cpu }: { os: string; cpu: string }) =>
  entry?.os?.includes(os) && entry.cpu?.includes(cpu) && (entry.libc === undefined || entry.libc.includes("glibc"));

/** Packages that have a binary package for each platform: esbuild, sharp, Next's compiler, dynoxide, … */
const families = Object.entries(packages).flatMap(([place, { optionalDependencies }]) => {
  const members = Object.entries(optionalDependencies)
    .map(([name, version]) => ({ name, version, entry: entryFor(place, name) }))
    // Names that contain a platform, even without an entry in the lock file.
    .filter(({ name }) => /(linux|darwin|win32)-?(musl|x64|arm64|ia32|x86)/.test(name));
  return members.length > 1 ? [{ name: place.replace(/^.*node_modules\//, ""), members }] : [];
});

it("detects the packages with native code", () => {
  const names = families.map(({ name }) => name);
  for (const name of ["packages/local", "esbuild", "sharp", "next", "sst", "typescript", "@biomejs/biome", "rolldown"])
    expect(names).toContain(name);
});

describe.each(families)("$name in the lock file", ({ members }) => {
  it.each(platforms)("has a binary for $os-$cpu", (platform) => {
    expect(members.filter(({ entry }) => isFor(entry, platform)).map(({ name }) => name)).not.toEqual([]);
  });

  it("has an optional entry with the exact version for every platform, so that `npm ci` passes on other platforms", () => {
    for (const { name, version, entry } of members)
      expect([name, entry?.optional, entry?.version]).toEqual([name, true, version.replace(/^[~^]/, "")]);
  });
});
