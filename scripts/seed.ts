import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import pc from "picocolors";
import { demoAccount, noteDemo } from "./lib/demo.ts";
import { readSettings, type Settings } from "./lib/settings.ts";
import { Advice, run, step } from "./lib/terminal.ts";
import { seed } from "./seed/seed.ts";
import type { SeedTarget } from "./seed/sign-in.ts";

/** Returns the addresses of the cloud that uses the data folder. */
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
      `No running Daybook uses the data in ${shown}.`,
      "Run `npm start` in another terminal, then run this again. If your data is in another folder, set DAYBOOK_DATA for both.",
    );
  }
  if (process.env.PORT && Number(new URL(url).port) !== port) {
    throw new Advice(
      `The Daybook that uses the data in ${shown} runs at ${url}, not on port ${port}.`,
      "Unset PORT, or set the data folder of the other one: DAYBOOK_DATA=.local-2 npm run seed",
    );
  }
  return { url, mailUrl };
}

await run(async () => {
  const settings = readSettings();
  const target = await running(settings);
  const added = await seed(target, step);
  noteDemo(settings.dataFolder, demoAccount);
  const news = Object.entries(added).filter(([, count]) => count > 0);
  const told = news.map(([what, count]) => `${count} ${what}`).join(", ");
  const places = {
    "sign in at": pc.cyan(`${target.url}/sign-in`),
    address: demoAccount.email,
    password: demoAccount.password,
    "the blog": pc.cyan(`${target.url}/blog`), // #blog
  };
  const lines = Object.entries(places).map(([name, place]) => `  ${pc.dim(name.padEnd(12))}${place}`);
  console.log(`\n  ${pc.bold(told === "" ? "Nothing to add" : `New: ${told}`)}\n\n${lines.join("\n")}\n`);
});
