import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as brand from "@daybook/core/brand";
import { createLog } from "@daybook/local/log";
import { startMailbox } from "@daybook/local/mailbox/mailbox";
import { everyMail } from "./lib/mails.ts";
import { readSettings } from "./lib/settings.ts";
import { run } from "./lib/terminal.ts";

/** Shows every mail of the product in a mailbox of its own, until it receives a signal. */
await run(async () => {
  const { port, mailPort } = readSettings();
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), "daybook-mails-"));
  const mailbox = await startMailbox({ dataFolder, port: mailPort, log: createLog({}) });
  const envelope = { from: `${brand.name} <hello@example.com>`, to: ["ada@example.com"] };
  for (const mail of everyMail(`http://localhost:${port}`)) await mailbox.deliver({ ...envelope, ...mail });
  console.log(`Every mail is at ${mailbox.url}. Press Ctrl+C to stop.`);
  await once(process, "SIGINT");
  await mailbox.close();
  await rm(dataFolder, { recursive: true });
});
