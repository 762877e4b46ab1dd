import { type LocalMailbox, startMailbox } from "@daybook/local/mailbox/mailbox";
import { keptLog, temporaryFolder } from "@daybook/local/test-cloud";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { violationsOf } from "../axe.ts";
import { browserOptions } from "../e2e/browser.ts";

const code = "048213";
const codeMail = {
  from: "no-reply@example.com",
  to: ["ada@example.com"],
  subject: "Your code",
  html: `Your code is ${code}.`,
  text: `Your code is ${code}.`,
};
const letter = {
  ...codeMail,
  to: ["bob@example.com"],
  subject: "A letter",
  html: "<h1>Dear Bob</h1>",
  text: "Dear Bob",
};

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(await browserOptions());
});
afterAll(() => browser.close());

let temporary: ReturnType<typeof temporaryFolder>;
let mailbox: LocalMailbox;
beforeEach(async () => {
  temporary = temporaryFolder();
  mailbox = await startMailbox({ dataFolder: temporary.folder, log: keptLog() });
});
afterEach(async () => {
  await mailbox.close();
  temporary.remove();
});

/** Opens the mailbox, passes the page to `work`, and fails on console errors and external requests. */
async function visit(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(mailbox.url)) complaints.push(`request to ${request.url()}`);
  });
  await page.goto(mailbox.url);
  await page.getByText("Live").waitFor();
  await work(page);
  await context.close();
  expect(complaints).toEqual([]);
}
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

describe("the mailbox viewer", () => {
  it("shows an empty state, and an email as soon as it arrives", () =>
    visit({}, async (page) => {
      await page.getByRole("heading", { name: "No mail yet" }).waitFor();
      await mailbox.deliver(letter);
      await page.getByRole("article").getByRole("heading", { name: "A letter" }).waitFor();
    }));

  it("copies a code from the list, from the email, and by a key", async () => {
    await mailbox.deliver(codeMail);
    await visit({}, async (page) => {
      for (const part of ["navigation", "article"] as const) {
        await page.evaluate(() => navigator.clipboard.writeText(""));
        await page
          .getByRole(part)
          .getByRole("button", { name: `Copy code ${code}` })
          .click();
        await page.getByRole(part).getByText("Copied").waitFor();
        expect(await clipboard(page)).toBe(code);
      }
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.locator("h1").click();
      await page.keyboard.press("c");
      await expect.poll(() => clipboard(page)).toBe(code);
    });
  });

  it("finds emails by address, opens them by key, and shows their parts", async () => {
    await mailbox.deliver(letter);
    await mailbox.deliver(codeMail);
    await visit({}, async (page) => {
      const mails = page.getByRole("navigation").getByRole("link");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("article").getByRole("heading", { name: "A letter" }).waitFor();
      await page.frameLocator("iframe").getByRole("heading", { name: "Dear Bob" }).waitFor();
      await page.getByRole("tab", { name: "HTML" }).press("ArrowRight");
      await page.getByRole("tabpanel", { name: "Text" }).getByText("Dear Bob").waitFor();
      await page.getByRole("searchbox").fill("ADA@");
      await expect.poll(() => mails.count()).toBe(1);
      await page.getByRole("searchbox").fill("nobody");
      await page.getByRole("heading", { name: "Nothing fits “nobody”" }).waitFor();
    });
  });

  it("lets the HTML of an email neither run scripts nor load resources", async () => {
    const html = `<p>Hi</p><script>document.body.textContent = "changed"</script><img src="https://example.com/x.png">`;
    await mailbox.deliver({ ...letter, html });
    const context = await browser.newContext();
    const page = await context.newPage();
    const answered: string[] = [];
    page.on("response", (response) => answered.push(new URL(response.url()).origin));
    await page.goto(mailbox.url);
    await page.frameLocator("iframe").getByText("Hi").waitFor();
    expect(new Set(answered)).toEqual(new Set([mailbox.url]));
    await context.close();
  });

  it("empties the mailbox after a confirmation", async () => {
    await mailbox.deliver(letter);
    await visit({}, async (page) => {
      await page.getByRole("button", { name: "Delete all" }).click();
      expect(mailbox.list()).toHaveLength(1);
      await page.getByRole("button", { name: "Delete 1 mail?" }).click();
      await page.getByRole("heading", { name: "No mail yet" }).waitFor();
      expect(mailbox.list()).toEqual([]);
    });
  });

  it.for([
    { colorScheme: "light", viewport: { width: 1440, height: 900 } },
    { colorScheme: "dark", viewport: { width: 390, height: 800 } },
  ] as const)("is accessible and fits at %o", async (options) => {
    await mailbox.deliver(letter);
    await mailbox.deliver(codeMail);
    await visit(options, async (page) => {
      const check = async () => {
        // The content of the frame is not part of the viewer.
        expect(await violationsOf(page, {}, { exclude: ["iframe"] })).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      };
      await page.getByRole("link", { name: "Your code" }).waitFor();
      await check();
      await page.getByRole("link", { name: "A letter" }).click();
      await page.getByRole("tab", { name: "HTML" }).waitFor();
      await check();
    });
  });
});
