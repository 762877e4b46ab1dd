import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import pc from "picocolors";
import { demoAccount, noteDemo } from "./lib/demo.ts";
import { type SeedTarget, seed } from "./lib/seed.ts";
import { readSettings, type Settings } from "./lib/settings.ts";
import { Advice, run, step } from "./lib/terminal.ts";

/** The cloud that runs on the data folder. */
async function running({ dataFolder, port }: Settings): Promise<SeedTarget> {
  const shown = path.relative(process.cwd(), dataFolder) || dataFolder;
  const file = path.join(dataFolder, "aws.env");
  const { DAYBOOK_URL: url = "", DAYBOOK_MAIL_URL: mailUrl = "" } = existsSync(file)
    ? parseEnv(readFileSync(file, "utf8"))
    : {};
  const answers =
    url !== "" &&
    (await fetch(`${url}/v1/health`)
      .then(({ ok }) => ok)
      .catch(() => false));
  if (!answers) {
    throw new Advice(
      `No Daybook runs on the data in ${shown}.`,
      "Run `npm start` in another terminal, then this again; with DAYBOOK_DATA in both, if yours are elsewhere.",
    );
  }
  if (process.env.PORT && Number(new URL(url).port) !== port) {
    throw new Advice(
      `The Daybook on the data in ${shown} listens at ${url}, not on port ${port}.`,
      "Leave PORT out, or name the other one's data folder: DAYBOOK_DATA=.local-2 npm run seed",
    );
  }
  return { url, mailUrl };
}

await run(async () => {
  const settings = readSettings();
  const target = await running(settings);
  const { lists, todos } = await step("Filling the demo account", () => seed(target, demoAccount));
  noteDemo(settings.dataFolder, demoAccount);
  console.log(`
  ${pc.bold(todos + lists === 0 ? "Everything was there already" : `${lists} lists and ${todos} todos are new`)}

  ${pc.dim("sign in at")}  ${pc.cyan(`${target.url}/sign-in`)}
  ${pc.dim("address")}     ${demoAccount.email}
  ${pc.dim("password")}    ${demoAccount.password}
`);
});
