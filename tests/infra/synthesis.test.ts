import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundleProgram } from "@daybook/local/graph/synthesis/program";
import { SynthesisError, synthesise } from "@daybook/local/graph/synthesise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/command.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "program-"));
  await symlink(path.join(root, ".sst"), path.join(folder, ".sst"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Synthesizes a program whose `run` function has this body. */
async function run(body: string) {
  const config = `export default $config({
    app: () => ({ name: "probe", home: "aws", providers: { aws: { region: "eu-central-1" } } }),
    async run() { ${body} },
  });`;
  await writeFile(path.join(folder, "sst.config.ts"), config);
  const [graph] = await synthesise({ root: folder, stages: ["test"] });
  return graph;
}

describe("synthesise", () => {
  it("evaluates any SST program in the region and with the defaults that it configures", async () => {
    const graph = await run(
      `new sst.aws.Bucket("Files"); new aws.xray.Group("Traces", { groupName: "a", filterExpression: "b" });`,
    );
    expect(graph).toMatchObject({
      app: "probe",
      stage: "test",
      region: "eu-central-1",
      removal: "retain",
      protect: false,
    });
    expect(graph?.resources.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["aws:s3/bucket:Bucket", "aws:xray/group:Group"]),
    );
  });

  it("bundles programs concurrently, even before the platform is cached", async () => {
    await writeFile(path.join(folder, "sst.config.ts"), "export default $config({ app() {}, run() {} });");
    const bundles = await Promise.all(
      Array.from({ length: 8 }, () => bundleProgram(folder, path.join(folder, "cache"))),
    );
    expect(new Set(bundles.map(({ platform }) => platform)).size).toBe(1);
    // Each bundle is removed by its own caller.
    expect(new Set(bundles.map(({ program }) => program)).size).toBe(bundles.length);
  });

  it("keeps the developer's environment out of the graph", async () => {
    process.env.PROBE_SECRET = "from the shell";
    const graph = await run(`new sst.Linkable("Probe", { properties: { value: String(process.env.PROBE_SECRET) } });
      new sst.aws.Function("Reader", { handler: "a.b", environment: { VALUE: String(process.env.PROBE_SECRET) } });`);
    delete process.env.PROBE_SECRET;
    expect(JSON.stringify(graph)).not.toContain("from the shell");
  });

  it("reports an error of the program with its position", async () => {
    const failure = run(`const missing = undefined; missing.name;`);
    await expect(failure).rejects.toThrow(SynthesisError);
    await expect(failure).rejects.toThrow(/Cannot read properties of undefined[\s\S]*sst\.config\.ts:3/);
  });

  it("reports an error that occurs later inside a component", async () => {
    const failure = run(`new sst.aws.Dynamo("Table", { fields: { pk: "string" }, primaryIndex: { hashKey: "pk" } })
      .subscribe("Reader", "a.b");`);
    await expect(failure).rejects.toThrow(/stream/i);
  });
});
