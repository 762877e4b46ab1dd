import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { Handle } from "@daybook/core/author/author";
import type { Client } from "@daybook/core/client";
import { measurePublishing, type Wait } from "../bench/publish.ts";
import { startTestCloud } from "../tests/cloud.ts";
import { run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";
import { clientOf, type SeedTarget } from "./seed/sign-in.ts";

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

async function newAuthor(target: SeedTarget): Promise<Client> {
  const name = `author-${randomUUID().slice(0, 8)}`;
  const client = await clientOf(target, { email: `${name}@example.com`, password: "a slow train along the river" });
  await client.updateMe({ body: { name: "Ada", handle: Handle.parse(name) } });
  return client;
}

await run(async () => {
  const { values } = parseArgs({ options: { times: { type: "string", default: "10" } } });
  await buildWeb();
  const cloud = await step("Starting a local cloud", () => startTestCloud());
  try {
    const { DAYBOOK_URL: url = "", DAYBOOK_MAIL_URL: mailUrl = "" } = cloud.env;
    const author = await newAuthor({ url, mailUrl });
    const times = Number(values.times);
    const waits = await step(`Publishing, changing and unpublishing a post, ${times} times`, () =>
      measurePublishing(author, url, times),
    );
    print(waits);
    if (waits.some(({ milliseconds }) => milliseconds > budgetSeconds * 1000)) process.exitCode = 1;
  } finally {
    await cloud.remove();
  }
});
