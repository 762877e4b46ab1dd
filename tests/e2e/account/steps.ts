import type { Page } from "@playwright/test";
import { expect, type Person, readCode, revokeSession } from "../fixtures.ts";

/** Submits the sign-up page, and waits for the confirmation page. */
export async function askForAccount(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/confirm$/);
}

/** Submits the sign-in page, which must be open. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function untilTodos(page: Page): Promise<void> {
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** Waits for the newest code that was mailed to an address and differs from `known`. */
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

/** Returns a code that differs from this one. */
export const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");

/** Returns the data in this browser that scripts can read. */
export const storedText = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));

/** Ends the session on the server, and waits until the page's next request fails. */
export async function endSession(page: Page): Promise<void> {
  await revokeSession(page);
  let isTold = false;
  await page.route("**/v1/lists**", (route) => {
    isTold = true;
    return route.fulfill({ status: 401, json: { message: "Unauthorized" } });
  });
  // The page refetches when its window gets the focus, unless a fetch is in progress.
  const look = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    return isTold;
  };
  await expect.poll(look).toBe(true);
}
