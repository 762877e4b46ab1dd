import { parseArgs } from "node:util";
import { measurePublishing, type Wait } from "../bench/publish.ts";
import { startTestCloud } from "../tests/cloud.ts";
import { run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";

const budgetSeconds = 5;

const seconds = (milliseconds: number | undefined) => `${((milliseconds ?? 0) / 1000).toFixed(1)} s`.padStart(9);

function print(waits: readonly Wait[]): void {
  console.log(`\n  ${"seen by readers".padEnd(24)}${"median".padStart(9)}${"slowest".padStart(9)}`);
  for (const [name, group] of Map.groupBy(waits, ({ what, page }) => `${what}: ${page}`)) {
    const sorted = group.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    console.log(`  ${name.padEnd(24)}${seconds(sorted[Math.floor(sorted.length / 2)])}${seconds(sorted.at(-1))}`);
  }
  console.log("");
}

await run(async () => {
  const { values } = parseArgs({ options: { times: { type: "string", default: "10" } } });
  await buildWeb();
  const cloud = await step("Starting a local cloud", () => startTestCloud());
  try {
    const { DAYBOOK_URL: url = "", DAYBOOK_MAIL_URL: mailUrl = "" } = cloud.env;
    const times = Number(values.times);
    const waits = await step(`A post is published, changed and taken back, ${times} times`, () =>
      measurePublishing({ url, mailUrl }, times),
    );
    print(waits);
    if (waits.some(({ milliseconds }) => milliseconds > budgetSeconds * 1000)) process.exitCode = 1;
  } finally {
    await cloud.remove();
  }
});
