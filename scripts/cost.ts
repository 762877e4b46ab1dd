import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { measure } from "../bench/cost/measure.ts";
import { report, withReport } from "../bench/cost/report.ts";
import { Measured } from "../bench/cost/usage.ts";
import { root } from "./lib/command.ts";
import { run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";
import { uploadPicture } from "./seed/upload.ts";

const measuredFile = path.join(root, "bench/cost/measured.json");
const document = path.join(root, "docs/cost.md");

/** Measures and saves the result. With `--prices`, returns the last measurement. */
async function measurement(again: boolean): Promise<Measured> {
  if (!again) return Measured.parse(JSON.parse(await readFile(measuredFile, "utf8")));
  await buildWeb();
  const measured = await step(
    "Measuring the usage of a day in the local cloud",
    () =>
      // #region blog
      measure((client) => uploadPicture(client, "tally.png")),
    // #else measure(),
    // #endregion blog
  );
  await writeFile(measuredFile, `${JSON.stringify(measured, null, 2)}\n`);
  return measured;
}

await run(async () => {
  const { values } = parseArgs({ options: { prices: { type: "boolean", default: false } } });
  const text = report(await measurement(!values.prices));
  await writeFile(document, withReport(await readFile(document, "utf8"), text));
  console.log(`\n${text.split("\n\n")[1]}\n\ndocs/cost.md is written\n`);
});
