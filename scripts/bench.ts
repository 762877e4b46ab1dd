import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { compare } from "../bench/lambda/compare.ts";
import { ratiosOf, report } from "../bench/lambda/report.ts";
import { root } from "./lib/command.ts";
import { Advice, run, step } from "./lib/terminal.ts";

const peers = path.join(root, "bench/peers");
const target = path.join(root, "docs/performance.md");
/** The text after this line is replaced. */
const mark = "<!-- The tables below are written by `npm run bench`. -->";

await run(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: "boolean", default: false },
      starts: { type: "string", default: "7" },
      calls: { type: "string", default: "200" },
    },
  });
  if (!existsSync(path.join(peers, "node_modules")))
    await step("Installing the frameworks to compare with", async () => {
      const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: peers, stdio: "inherit" });
      if (status !== 0) throw new Advice("npm ci failed in bench/peers.", "Fix the error above, then run it again.");
    });
  const effort = { starts: Number(values.starts), warmUps: 50, calls: Number(values.calls) };
  const results = await compare(effort, (scene) => process.stderr.write(`  ${scene}\n`));
  const text = report(results, new Date());
  console.log(text);
  if (!values.check) {
    const before = readFileSync(target, "utf8");
    writeFileSync(target, `${before.slice(0, before.indexOf(mark) + mark.length)}\n\n${text}`);
  }
  const missed = ratiosOf(results).filter(({ what, ratio, limit }) => what === "warm" && ratio > limit);
  if (values.check && missed.length > 0) process.exitCode = 1;
});
