import { expectNoBarriers } from "../accessibility.ts";
import { expect, signUp, test } from "../fixtures.ts";
import { endSession, signIn, signOut, storedText, untilTodos } from "./steps.ts";

test.beforeEach(({ page, mailbox, person }) => signUp(page, mailbox, person));

test("a session survives a reload, and signing out ends it in every tab", async ({ page, context }) => {
  await page.reload();
  await untilTodos(page);
  const second = await context.newPage();
  await second.goto("/todos");
  await untilTodos(second);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(second).toHaveURL(/\/sign-in$/, { timeout: 3000 });
  await page.goto("/todos");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("signing in signs in all tabs", async ({ page, context, person }) => {
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  const second = await context.newPage();
  await second.goto("/sign-in");
  await expect(second.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await signIn(page, person);
  await untilTodos(page);
  await expect(second).toHaveURL(/\/todos$/);
});

test("signing out deletes the local data", async ({ page, person }) => {
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("A secret errand");
  await input.press("Enter");
  await expect(page.getByTestId("todo-title")).toHaveText("A secret errand");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await storedText(page)).not.toContain(person.email);
  await expect.poll(() => page.evaluate(everythingInDatabases)).not.toContain("A secret errand");
});

test("signing out with unsaved changes asks first", async ({ page }) => {
  await page.route("**/v1/lists/*/todos", (route) => route.abort("internetdisconnected"));
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Not sent yet");
  await input.press("Enter");
  await signOut(page);
  const dialog = page.getByRole("dialog", { name: "Sign out before everything is saved?" });
  await expect(dialog).toContainText("1 change");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId("todo-title")).toHaveText("Not sent yet");
  await signOut(page);
  await dialog.getByRole("button", { name: "Sign out and discard them" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("a sign-out without a network keeps the user signed in and says so", async ({ page }) => {
  await page.route("**/v1/session", (route) => route.abort("internetdisconnected"));
  await signOut(page);
  await expect(page.getByText(/You are still signed in/)).toBeVisible();
  await untilTodos(page);
});

test("ending the session of another device signs it out", async ({ page, browser, baseURL, person }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(new URL("/sign-in", baseURL).href);
  await signIn(other, person);
  await untilTodos(other);
  await page.goto("/account");
  const sessions = page.getByRole("list", { name: "Your sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This device" })).toHaveCount(1);
  await expect(sessions.first()).toContainText(/^(Chrome|Unknown browser)/);
  await expectNoBarriers(page);
  await sessions.getByRole("button", { name: /^End the session of/ }).click();
  await expect(page.getByText(/^The session of .* has ended\.$/)).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in$/);
  await context.close();
});

test("signing out everywhere ends the session of another browser", async ({ page, browser, baseURL, person }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(new URL("/sign-in", baseURL).href);
  await signIn(other, person);
  await untilTodos(other);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("status").filter({ hasText: "signed out here and everywhere else" })).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in$/);
  await context.close();
});

test("a session that ends during an edit asks to sign in, and the edit continues", async ({ page, person }) => {
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Call the plumber");
  await input.press("Enter");
  await expect(page.getByText("All saved")).toBeAttached();
  await page.getByTestId("todo-title").dblclick();
  const editor = page.getByRole("textbox", { name: "Edit" });
  await editor.fill("Call the plumber about");
  await endSession(page);

  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByText(person.email)).toBeVisible();
  await expectNoBarriers(page, { part: "[role=dialog]" });
  await page.keyboard.press("Escape");
  await dialog.getByLabel("Password", { exact: true }).fill("not my password");
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.unroute("**/v1/lists**");
  await expect(editor).toBeFocused();
  await expect(editor).toHaveValue("Call the plumber about");
  await editor.press("End");
  await editor.pressSequentially(" the tap");
  await editor.press("Enter");
  await expect(page.getByText("All saved")).toBeAttached();
  await page.reload();
  await expect(page.getByTestId("todo-title")).toHaveText("Call the plumber about the tap");
});

test("another user can sign in after a session has ended", async ({ page }) => {
  await endSession(page);
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByRole("button", { name: "Sign in as someone else" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByLabel("Email")).toHaveValue("");
});

async function everythingInDatabases(): Promise<string> {
  const found: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name ?? "");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const store of database.objectStoreNames) {
      found.push(
        await new Promise((resolve) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        }),
      );
    }
    database.close();
  }
  return JSON.stringify(found);
}
