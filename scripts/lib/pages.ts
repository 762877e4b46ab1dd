import type { BrowserContext } from "@playwright/test";
import type { DemoAccount } from "./demo.ts";

/** Signs in through the page and waits for the todos. */
export async function signInAs(context: BrowserContext, url: string, { email, password }: DemoAccount): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByTestId("todo-item").first().waitFor();
  await page.close();
}

/** Hides the local mode bar in all pages of a browser. */
export async function withoutLocalBar(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    try {
      localStorage.setItem("daybook.local-bar", "hidden");
    } catch {
      // A page without an origin has no storage and no bar.
    }
  });
}
