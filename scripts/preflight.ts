import { parseArgs } from "node:util";
import pc from "picocolors";
import { policyOf } from "../infra/stage.ts";
import { root } from "./lib/command.ts";
import { Advice, run } from "./lib/terminal.ts";
import { connect } from "./preflight/account.ts";
import { checkAccount } from "./preflight/checks.ts";
import type { Finding } from "./preflight/finding.ts";
import { checkMachine } from "./preflight/machine.ts";
import { needsOfAStage } from "./preflight/needs.ts";

const signs = { ok: pc.green("✓"), "to do": pc.yellow("•"), unknown: pc.dim("?") };

function lineOf({ what, state, found, advice, blocks }: Finding): string {
  const sign = blocks ? pc.red("✗") : signs[state];
  return `  ${sign} ${what.padEnd(30)} ${found}${advice === undefined ? "" : `\n      ${pc.dim(advice)}`}`;
}

await run(async () => {
  const { values } = parseArgs({ options: { stage: { type: "string", default: "production" } } });
  const { stage } = values;
  if (!/^[a-z][a-z0-9-]*$/i.test(stage))
    throw new Advice(`"${stage}" is not a valid stage name.`, "Use letters, digits and hyphens.");
  const policy = { ...policyOf(stage), needs: needsOfAStage(root) };
  const findings = [
    ...checkMachine(root, process.versions.node),
    ...(await checkAccount(connect(policy.region), stage, policy)),
  ];
  const blocked = findings.some(({ blocks }) => blocks);
  console.log(`\n${findings.map(lineOf).join("\n")}\n`);
  console.log(
    blocked
      ? `  ${pc.bold(pc.red(`Not ready to deploy ${stage}`))}: see ✗ above\n`
      : `  ${pc.bold(pc.green(`Ready to deploy ${stage}`))}: npx sst deploy --stage ${stage}\n`,
  );
  process.exitCode = blocked ? 1 : 0;
});
