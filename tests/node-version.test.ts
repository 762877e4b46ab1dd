import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { checkNode } from "../infra/node.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const { devDependencies } = z
  .object({ devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));
const { node: pinned = "", "@types/node": types = "" } = devDependencies;
const major = pinned.split(".")[0];

describe("the version of Node", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("has the same major version in .nvmrc, the types and the functions as in package.json", () => {
    expect(read(".nvmrc").trim()).toBe(major);
    expect(types.split(".")[0]).toBe(major);
    expect(read("infra/graph.local.json")).toContain(`"runtime": "nodejs${major}.x"`);
  });

  it("is accepted by a deployment if the major version is the pinned one", () => {
    checkNode(`${major}.0.0`);
  });

  it("stops a deployment before it creates resources, with both versions and what to do", async () => {
    vi.stubGlobal("process", { ...process, versions: { ...process.versions, node: "20.20.2" } });
    vi.stubGlobal("$config", (config: unknown) => config);
    const { default: config }: { default: { run(): Promise<unknown> } } = await import(
      path.join(root, "sst.config.ts")
    );
    await expect(config.run()).rejects.toThrow(
      new RegExp(`needs Node ${major}, .* Node 20\\.20\\.2\\. Run \`npm ci\`, then use \`npx sst\`.*\`nvm use\``),
    );
  });
});
