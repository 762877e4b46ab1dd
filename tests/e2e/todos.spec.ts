import AxeBuilder from "@axe-core/playwright";
import { expect, signUp, test } from "./fixtures.ts";

test.beforeEach(({ page, mailbox, person }) => signUp(page, mailbox, person));

test("adds, completes, edits and deletes todos, and finds them again", async ({ page }) => {
  const input = page.getByPlaceholder("What needs to be done?");
  const items = page.getByTestId("todo-item");
  for (const title of ["  Buy milk  ", "Water the plants", "Call Ada"]) {
    await input.fill(title);
    await input.press("Enter");
  }
  await expect(page.getByTestId("todo-title")).toHaveText(["Buy milk", "Water the plants", "Call Ada"]);
  await expect(page.getByTestId("todo-count")).toHaveText("3 items left");

  await page.getByRole("checkbox", { name: "Buy milk" }).check();
  await expect(page.getByTestId("todo-count")).toHaveText("2 items left");

  await items.nth(1).dblclick();
  const editor = items.nth(1).getByRole("textbox");
  await editor.fill("Water all the plants");
  await editor.press("Enter");
  await expect(page.getByTestId("todo-title").nth(1)).toHaveText("Water all the plants");

  await page.getByRole("button", { name: "Delete Call Ada" }).click();
  await expect(items).toHaveCount(2);
  await expect(page.getByTestId("todo-count")).toHaveText("1 item left");

  await expect(page.getByRole("button", { name: "Sign out" })).toBeEnabled();
  await page.reload();
  await expect(page.getByTestId("todo-title")).toHaveText(["Buy milk", "Water all the plants"]);
  await expect(page.getByRole("checkbox", { name: "Buy milk" })).toBeChecked();
});

test("cancels an edit with Escape, and deletes a todo whose title was emptied", async ({ page }) => {
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Keep me");
  await input.press("Enter");
  const item = page.getByTestId("todo-item");
  await page.getByRole("checkbox", { name: "Keep me" }).focus();
  await page.keyboard.press("F2");
  await item.getByRole("textbox").fill("Something else");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("todo-title")).toHaveText("Keep me");
  await item.dblclick();
  await item.getByRole("textbox").fill("");
  await page.keyboard.press("Enter");
  await expect(item).toHaveCount(0);
});

test("brings a deleted todo back", async ({ page }) => {
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Precious");
  await input.press("Enter");
  await page.getByRole("button", { name: "Delete Precious" }).click();
  await expect(page.getByTestId("todo-item")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("todo-title")).toHaveText("Precious");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeEnabled();
  await page.reload();
  await expect(page.getByTestId("todo-title")).toHaveText("Precious");
});

test("shows a change at once, and takes it back when the server refuses it", async ({ page }) => {
  await page.route("**/v1/lists/*/todos", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fulfill({ status: 503, contentType: "application/json", body: '{"message":"Service Unavailable"}' });
  });
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Not stored yet");
  await input.press("Enter");
  const retry = page.getByRole("button", { name: "Try again" });
  await expect(retry).toBeVisible();
  await page.unroute("**/v1/lists/*/todos");
  await retry.click();
  await expect(page.getByTestId("todo-title")).toHaveText("Not stored yet");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeEnabled();
  await page.reload();
  await expect(page.getByTestId("todo-title")).toHaveText("Not stored yet");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`has no accessibility violations in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const input = page.getByPlaceholder("What needs to be done?");
    await input.fill("Read the contrast of this");
    await input.press("Enter");
    await expect(page.getByTestId("todo-item")).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
