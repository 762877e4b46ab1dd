import { randomUUID } from "node:crypto";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { openAccount } from "./accounts.ts";

export { expect };

/**
 * Collects the console errors of all pages in a context, which fail a test. Some violations of the content security
 * policy are not logged by the browser, so their events are logged here.
 */
async function watchConsole(context: BrowserContext): Promise<string[]> {
  const problems: string[] = [];
  context.on("weberror", (error) => problems.push(String(error.error())));
  context.on("console", (message) => {
    // The browser logs each response of 400 and above. Tests assert on those where they matter.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      problems.push(message.text());
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
      console.error(`The policy's ${violatedDirective} is violated by ${blockedURI} in ${sourceFile}`),
    );
  });
  return problems;
}

export interface Person {
  readonly email: string;
  readonly password: string;
}

export const newPerson = (): Person => ({
  email: `person-${randomUUID()}@example.com`,
  password: "correct horse battery staple",
});

export const test = base.extend<{ mailbox: string; person: Person; consoleProblems: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  baseURL: async ({}, use) => use(process.env.DAYBOOK_URL),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  mailbox: async ({}, use) => use(process.env.DAYBOOK_MAIL_URL ?? ""),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  person: async ({}, use) => use(newPerson()),
  consoleProblems: [
    async ({ context }, use) => {
      const problems = await watchConsole(context);
      await use(problems);
      expect(problems, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

/** Returns the positions of elements in pixels, in document order. */
export const placesOf = (page: Page, selector: string): Promise<{ x: number; y: number }[]> =>
  page.locator(selector).evaluateAll(async (elements) => {
    const places = () =>
      elements.map((element) => {
        const { x, y } = element.getBoundingClientRect();
        return { x, y };
      });
    // The first layout requests the fonts. The result is measured after they have loaded, because fallback fonts can
    // break lines elsewhere.
    places();
    await document.fonts.ready;
    return places();
  });

interface StoredMail {
  readonly subject: string;
  readonly body: { readonly text?: string };
}

async function mailTo(page: Page, mailbox: string, email: string): Promise<StoredMail[]> {
  const response = await page.request.get(`${mailbox}/store?to=${encodeURIComponent(email)}`);
  const { emails }: { emails: StoredMail[] } = await response.json();
  return emails;
}

/** Returns the newest code that was mailed to an address; empty if there is none. */
export async function readCode(page: Page, mailbox: string, email: string): Promise<string> {
  const mails = await mailTo(page, mailbox, email);
  return mails.flatMap((mail) => /\b\d{6}\b/.exec(mail.body.text ?? "") ?? []).at(-1) ?? "";
}

/** Returns the subjects of all emails to an address. */
export async function subjectsTo(page: Page, mailbox: string, email: string): Promise<string[]> {
  return (await mailTo(page, mailbox, email)).map((mail) => mail.subject);
}

/** Signs up in the browser, and waits for the todos. */
export async function signUp(page: Page, mailbox: string, { email, password }: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  // A complete code submits itself.
  await page.getByLabel(/code/i).fill(await untilCode(page, mailbox, email));
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
}

/**
 * Creates and signs in a user without the sign-up pages, for tests of other features. The API creates the account and
 * sets the session cookie, and the app starts as on a later visit.
 */
export async function enter(page: Page, mailbox: string, { email, password }: Person): Promise<void> {
  await openAccount({ baseURL: process.env.DAYBOOK_URL ?? "", mailbox }, { email, password });
  await expect(await page.request.post("/v1/session", { data: { email, password } })).toBeOK();
  await page.goto("/todos");
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
}

/**
 * Ends the browser's session on the server. Deleting the cookie is not enough while the page refreshes its session,
 * because the response sets the cookie again.
 */
export async function revokeSession(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  await expect(await page.request.delete("/v1/session", { headers: { origin } })).toBeOK();
}

async function untilCode(page: Page, mailbox: string, email: string): Promise<string> {
  await expect.poll(() => readCode(page, mailbox, email)).toMatch(/^\d{6}$/);
  return readCode(page, mailbox, email);
}
