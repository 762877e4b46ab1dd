import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../lambda/fixtures.ts";
import { dynoxideBinary } from "./dynoxide.ts";

const disk = temporaryFolder({
  "darwin-arm64/dynoxide": "binary",
  "linux-arm64/dynoxide": "binary",
  "win32-x64/dynoxide.exe": "binary",
  "darwin-x64/package.json": "{}",
});
afterAll(disk.remove);

/** Resolves these packages as Node does when npm has installed them. */
const resolve = (name: string) => path.join(disk.folder, name.replace("@dynoxide/", ""));

describe("dynoxideBinary", () => {
  it("returns the binary of the platform's package", () => {
    const at = (file: string) => path.join(disk.folder, file);
    expect(dynoxideBinary("darwin", "arm64", resolve)).toBe(at("darwin-arm64/dynoxide"));
    expect(dynoxideBinary("linux", "arm64", resolve)).toBe(at("linux-arm64/dynoxide"));
    expect(dynoxideBinary("win32", "x64", resolve)).toBe(at("win32-x64/dynoxide.exe"));
  });

  it("returns undefined if the package has no binary or is not installed", () => {
    expect(dynoxideBinary("darwin", "x64", resolve)).toBeUndefined();
    const missing = (name: string): string => {
      throw new Error(`Cannot find module '${name}'`);
    };
    expect(dynoxideBinary("linux", "riscv64", missing)).toBeUndefined();
  });
});
