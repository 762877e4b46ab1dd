import type { BrowserContext, Page } from "@playwright/test";
import { expect, type Person, readCode } from "../fixtures.ts";

/** Fills in the page for signing up, and waits for the one that asks for the code. */
export async function askForAccount(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/confirm$/);
}

/** Fills in the page for signing in, on which the browser must be. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function untilTodos(page: Page): Promise<void> {
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
}

/** Signs out by the menu of the account. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** The newest code that was mailed to an address, other than one that is known already. */
export async function nextCode(page: Page, mailbox: string, email: string, known = ""): Promise<string> {
  let code = "";
  await expect
    .poll(async () => {
      code = await readCode(page, mailbox, email);
      return code !== known && /^\d{6}$/.test(code);
    })
    .toBe(true);
  return code;
}

/** A code that is certainly not this one. */
export const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");

/** What the browser keeps where scripts can read it. */
export const storedText = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));

/** As if the session had ended on the server, which the page learns with its next request. */
export async function endSession(context: BrowserContext, page: Page): Promise<void> {
  await context.clearCookies();
  let isTold = false;
  await page.route("**/v1/lists**", (route) => {
    isTold = true;
    return route.fulfill({ status: 401, json: { message: "Unauthorized" } });
  });
  // The page reads anew what it shows when its window is looked at again, unless it is reading just then.
  const look = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    return isTold;
  };
  await expect.poll(look).toBe(true);
}
