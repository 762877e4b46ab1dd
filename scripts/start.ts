import { runLocal } from "./lib/local.ts";
import { checkPorts, readSettings } from "./lib/settings.ts";
import { run } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";

await run(async () => {
  const settings = readSettings();
  await checkPorts(settings);
  if (settings.siteUrl === undefined) await buildWeb();
  await runLocal(settings);
});
