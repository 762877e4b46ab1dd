import { authorThings } from "../../../packages/web/copy/author.ts";
import { expectNoBarriers } from "../accessibility.ts";
import { expect, newPerson, signUp, test } from "../fixtures.ts";
import { nextCode, otherThan, signIn, signOut, untilTodos } from "./steps.ts";

test.beforeEach(async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByLabel("Name")).toBeVisible();
});

test("shows the email address and the sign-up date in the user's locale", async ({ page, person }) => {
  const main = page.getByRole("main");
  await expect(page).toHaveTitle(/^Account · /);
  await expect(main.getByText(person.email, { exact: true })).toBeVisible();
  const today = await page.evaluate(() => new Intl.DateTimeFormat(undefined, { dateStyle: "long" }).format());
  await expect(main.getByText(today)).toBeVisible();
});

test("a name is saved, shown in the menu, validated and cleared", async ({ page }) => {
  await page.getByLabel("Name").fill("  Ada Lovelace ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your profile is saved.")).toBeVisible();
  await page.getByRole("button", { name: "Your account" }).click();
  await expect(page.getByRole("menu").getByText("Ada Lovelace")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Ada Lovelace");
  await page.getByLabel("Name").fill("x".repeat(101));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription(/at most 100 characters/);
  await page.getByLabel("Name").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your profile is saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("");
});

test("a name that was changed in another tab is not overwritten without notice", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/account");
  await second.getByLabel("Name").fill("Countess");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(second.getByText("Your profile is saved.")).toBeVisible();
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "“Countess”" })).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your profile is saved.")).toBeVisible();
});

// #region blog
test("emails about comments are on, and can be turned off with the address that they contain", async ({ page }) => {
  await page.goto("/account#notifications");
  const emails = page.getByRole("switch", { name: "Email me new comments" });
  await expect(emails).toBeChecked();
  await expect(emails).toBeInViewport();
  await emails.uncheck();
  await expect(page.getByText("You won’t get emails about comments.")).toBeVisible();
  await page.reload();
  await expect(emails).not.toBeChecked();
  await expect(emails).toBeInViewport();
  await page.route("**/v1/me", (route) => route.fulfill({ status: 503, body: "" }));
  await emails.click();
  await expect(page.getByText(/We couldn’t change your notifications/)).toBeVisible();
  await expect(emails).not.toBeChecked();
  await page.unroute("**/v1/me");
  await emails.check();
  await expect(page.getByText("We’ll email you new comments.")).toBeVisible();
});
// #endregion blog

test("changing the password requires the current password", async ({ page, person }) => {
  const changed = { ...person, password: "another good password" };
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill(changed.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription(/your current password/);
  await expect(page.getByLabel("Current password")).toBeFocused();
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Name")).toBeVisible();
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, changed);
  await untilTodos(page);
});

test("changing the email requires the password and a code from the new address", async ({ page, mailbox, person }) => {
  const changed = { ...person, email: newPerson().email };
  await page.getByRole("button", { name: "Change email" }).click();
  const dialog = page.getByRole("dialog", { name: "Change your email" });
  await dialog.getByLabel("New email").fill(person.email);
  await dialog.getByLabel("Password", { exact: true }).fill("not my password");
  await dialog.getByRole("button", { name: "Send the code" }).click();
  await expect(dialog.getByLabel("New email")).toHaveAccessibleDescription(/don't use for this account yet/);
  await dialog.getByLabel("New email").fill(changed.email);
  await dialog.getByRole("button", { name: "Send the code" }).click();
  await expect(dialog.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/your current password/);
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Send the code" }).click();

  const confirmation = page.getByRole("dialog", { name: "Check your mail" });
  await expect(confirmation).toContainText(changed.email);
  await expectNoBarriers(page, { part: "[role=dialog]" });
  const code = await nextCode(page, mailbox, changed.email);
  await confirmation.getByLabel(/code/i).fill(otherThan(code));
  await expect(confirmation.getByLabel(/code/i)).toHaveAccessibleDescription(/wrong or has expired/);
  await confirmation.getByLabel(/code/i).fill(code);
  await expect(page.getByText(`You now sign in as ${changed.email}.`)).toBeVisible();
  await expect(page.getByRole("main").getByText(changed.email, { exact: true })).toBeVisible();
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, changed);
  await untilTodos(page);
});

test("deleting the account requires its email address and its password", async ({ page, person }) => {
  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account permanently?" });
  for (const thing of ["all your lists", "all your pictures", ...authorThings])
    await expect(dialog).toContainText(thing);
  await dialog.getByRole("button", { name: "Keep my account" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Delete account" }).click();
  const confirmation = dialog.getByLabel(/To confirm/);
  await confirmation.fill("somebody@example.com");
  await dialog.getByRole("button", { name: "Delete my account" }).click();
  await expect(confirmation).toHaveAttribute("aria-invalid", "true");
  await confirmation.fill(person.email);
  const passwordField = dialog.getByLabel("Password", { exact: true });
  await passwordField.fill("not my password");
  await dialog.getByRole("button", { name: "Delete my account" }).click();
  await expect(passwordField).toHaveAccessibleDescription(/your current password/);
  await passwordField.fill(person.password);
  await dialog.getByRole("button", { name: "Delete my account" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("status").filter({ hasText: "goodbye" })).toBeVisible();
  await signIn(page, person);
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
});

test("an account that fails to load shows the error and a retry button", async ({ page }) => {
  await page.route("**/v1/me", (route) => route.fulfill({ status: 503, body: "" }));
  await page.reload();
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t load your account" })).toBeVisible();
  await page.unroute("**/v1/me");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Name")).toBeVisible();
});

test("the menu and the dialog can be used with the keyboard only", async ({ page }) => {
  await page.getByRole("button", { name: "Your account" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Todos" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Your account" })).toBeFocused();
  await page.getByRole("button", { name: "Delete account" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Delete account" })).toBeFocused();
});

test("the page, its menu and its dialog are accessible and fit a small phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoBarriers(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole("button", { name: "Your account" }).click();
  await expectNoBarriers(page, { part: "[role=menu]" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expectNoBarriers(page, { part: "[role=dialog]" });
});
