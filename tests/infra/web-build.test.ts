import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildWeb, webSources } from "../../scripts/lib/web.ts";

const build = path.resolve(import.meta.dirname, "../../packages/web/.open-next");
const own = mkdtempSync(path.join(os.tmpdir(), "daybook-native-"));
beforeAll(() => buildWeb());
afterAll(() => rmSync(own, { recursive: true, force: true }));

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Magic numbers of ELF files, and the number of the arm64 architecture in their header. */
const [elf, arm64] = ["\u007fELF", 183] as const;
const machO = ["cffaedfe", "cafebabe"];

/**
 * Returns the native binaries that Lambda's arm64 processors cannot run. `npm install` installs those of the build
 * machine.
 */
function foreignCode(folder: string): string[] {
  return filesBelow(folder).filter((file) => {
    const start = readFileSync(file).subarray(0, 20);
    if (start.subarray(0, 4).toString("latin1") === elf) return start.readUInt16LE(18) !== arm64;
    return start.subarray(0, 2).toString("latin1") === "MZ" || machO.includes(start.subarray(0, 4).toString("hex"));
  });
}

describe("the build of the web app", () => {
  it("contains no sharp, whose binaries would be for the build machine's processor", () => {
    const folders = readdirSync(build, { withFileTypes: true, recursive: true }).filter((each) => each.isDirectory());
    expect(folders.map(({ name }) => name)).toContain("server-functions");
    expect(folders.map(({ name }) => name).filter((name) => /^(sharp|sharp-.*|@img)$/.test(name))).toEqual([]);
  });

  it("depends only on files that git tracks", async () => {
    const sources = await webSources();
    expect(sources).toContain("packages/web/app/page.tsx");
    expect(sources).toContain("packages/core/src/todo/todo.api.ts");
    expect(sources).not.toContain("packages/core/src/todo/todo.service.ts");
    const options = { cwd: path.resolve(build, "../../.."), input: sources.join("\n"), encoding: "utf8" } as const;
    // Status 1 means that git ignores none of them.
    expect(spawnSync("git", ["check-ignore", "--stdin"], options)).toMatchObject({ status: 1, stdout: "" });
  });

  it("contains no native binaries except for Lambda's architecture", () => {
    expect(foreignCode(build)).toEqual([]);
  });

  it("contains no sharp, and its image function returns 404", async () => {
    expect(filesBelow(build).filter((file) => /node_modules\/(@img|sharp)\//.test(file))).toEqual([]);
    const { handler } = await import(path.join(build, "image-optimization-function/index.mjs"));
    expect(await handler({ rawPath: "/_next/image", queryStringParameters: {} }, {})).toMatchObject({
      statusCode: 404,
    });
  });

  it.each([
    [62, "of another processor", ["code.node"]],
    [arm64, "of this one", []],
  ])("detects binaries for the processor %d, %s", (machine, _whose, found) => {
    const header = Buffer.alloc(20);
    header.write(elf, "latin1");
    header.writeUInt16LE(machine, 18);
    writeFileSync(path.join(own, "code.node"), header);
    expect(foreignCode(own).map((file) => path.basename(file))).toEqual(found);
  });
});
