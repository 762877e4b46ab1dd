import { type LocalMailbox, startMailbox } from "@daybook/local/mailbox/mailbox";
import { keptLog, temporaryFolder } from "@daybook/local/test-cloud";
import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyMail } from "../../scripts/lib/mails.ts";
import { violationsOf } from "../axe.ts";
import { browserOptions } from "../e2e/browser.ts";

const mails = everyMail("https://daybook.example");

let browser: Browser;
let mailbox: LocalMailbox;
const temporary = temporaryFolder();
beforeAll(async () => {
  browser = await chromium.launch(await browserOptions());
  mailbox = await startMailbox({ dataFolder: temporary.folder, log: keptLog() });
});
afterAll(async () => {
  await mailbox.close();
  await browser.close();
  temporary.remove();
});

describe.each(["light", "dark"] as const)("in the mailbox of a %s phone", (colorScheme) => {
  it.each(mails.map((mail) => [mail.subject, mail] as const))("“%s” fits and is accessible", async (_, mail) => {
    const from = "Daybook <hello@daybook.example>";
    const { messageId } = await mailbox.deliver({ from, to: ["ada@example.com"], ...mail });
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    // The mailbox forbids scripts in a mail, and axe is one.
    await page.setContent(await (await fetch(`${mailbox.url}/mails/${messageId}/html`)).text());
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });
});
