import type { Page } from "@playwright/test";
import { totp, wrongTotp } from "../../totp.ts";
import { expectNoBarriers } from "../accessibility.ts";
import { expect, type Person, signUp, test } from "../fixtures.ts";
import { endSession, signIn, signOut, untilTodos } from "./steps.ts";

test.beforeEach(async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await page.goto("/account");
});

const turnOnButton = (page: Page) => page.getByRole("button", { name: "Turn on…" });
const enrolDialog = (page: Page) => page.getByRole("dialog", { name: "Set up your app" });
const codesDialog = (page: Page) => page.getByRole("dialog", { name: "Save your recovery codes" });
const codeField = (page: Page) => page.getByLabel("Code from your app");

/** Opens the dialog, enters the password, and returns the secret that the dialog shows as text. */
async function beginToTurnOn(page: Page, { password }: Person): Promise<string> {
  await turnOnButton(page).click();
  await enrolDialog(page).getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  const secret = enrolDialog(page).locator("code");
  await expect(secret).toHaveText(/^[A-Z2-7]{32,}$/);
  return (await secret.textContent()) ?? "";
}

/** Enables the second factor. This uses up the current code; the code of the next time step is still valid. */
async function turnOn(page: Page, person: Person): Promise<{ secret: string; codes: string[] }> {
  const secret = await beginToTurnOn(page, person);
  await enrolDialog(page)
    .getByLabel(/Current code from the app/)
    .fill(totp(secret));
  const list = codesDialog(page).locator("code");
  await expect(list).toBeVisible();
  const codes = ((await list.textContent()) ?? "").split("\n");
  await codesDialog(page).getByRole("button", { name: "I saved them" }).click();
  await expect(page.getByText("On. Signing in asks for a code")).toBeVisible();
  return { secret, codes };
}

test("signing in asks for a code once the second factor is enabled", async ({ page, person }) => {
  const secret = await beginToTurnOn(page, person);
  const dialog = enrolDialog(page);
  await expect(dialog.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  const code = dialog.getByLabel(/Current code from the app/);
  await code.fill(wrongTotp(secret));
  await expect(code).toHaveAccessibleDescription(/This code is wrong/);
  await code.fill(totp(secret));
  await codesDialog(page).getByRole("button", { name: "I saved them" }).click();
  await expect(page.getByText("On. Signing in asks for a code")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Turn off…" })).toBeVisible();

  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, person);
  await expect(codeField(page)).toBeFocused();
  await expect(page.getByLabel("Email")).toBeHidden();
  await codeField(page).fill(wrongTotp(secret));
  await expect(codeField(page)).toHaveAccessibleDescription(/wrong or already used/);
  await expect(codeField(page)).toBeFocused();
  await codeField(page).fill(totp(secret, 1));
  await untilTodos(page);
});

test("the code step follows only a correct password, and offers a way back", async ({ page, person }) => {
  const { secret } = await turnOn(page, person);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, { ...person, password: "not my password" });
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await expect(codeField(page)).toBeHidden();
  await signIn(page, person);
  await expect(codeField(page)).toBeFocused();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(codeField(page)).toHaveAccessibleDescription(/six digits/);
  await page.getByRole("button", { name: "Back to the password" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(person.password);
  await page.keyboard.press("Enter");
  await expect(codeField(page)).toBeFocused();
  const code = totp(secret, 1);
  await codeField(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await untilTodos(page);
});

test("password managers find the code field, the address and the password", async ({ page, person }) => {
  await turnOn(page, person);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, person);
  await expect(codeField(page)).toBeFocused();
  const fields = await page
    .locator("main form input")
    .evaluateAll((inputs) => inputs.map((input) => [input.getAttribute("name"), input.getAttribute("autocomplete")]));
  expect(fields).toEqual([
    ["email", "username"],
    ["password", "current-password"],
    ["code", "one-time-code"],
  ]);
  await expect(page.locator("input[name=password]")).toHaveValue(person.password);
});

test("disabling the second factor requires the password and a code", async ({ page, person }) => {
  const { secret } = await turnOn(page, person);
  await page.getByRole("button", { name: "Turn off…" }).click();
  const dialog = page.getByRole("dialog", { name: "Turn the second factor off?" });
  const passwordField = dialog.getByLabel("Password", { exact: true });
  await passwordField.fill("not my password");
  await codeField(page).fill(totp(secret, 1));
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(passwordField).toHaveAccessibleDescription(/your current password/);
  await passwordField.fill(person.password);
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("The second factor is off.")).toBeVisible();
  await expect(turnOnButton(page)).toBeFocused();
});

test("a recovery code signs in once, and the account page asks to set up the app again", async ({ page, person }) => {
  const { codes } = await turnOn(page, person);
  await expect(page.getByText("10 recovery codes left.")).toBeVisible();
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, person);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  const field = page.getByLabel("Recovery code");
  await expect(field).toBeFocused();
  await field.fill("0000-0000-0000-0000");
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription(/wrong or already used/);
  await field.fill(codes[0]?.toLowerCase() ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account\?recovered$/);
  await expect(page.getByText("You signed in with a recovery code")).toBeInViewport();
  await expect(turnOnButton(page)).toBeVisible();
});

test("new recovery codes replace the former ones, and can be copied and downloaded", async ({
  page,
  context,
  person,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { secret, codes } = await turnOn(page, person);
  await page.getByRole("button", { name: "New recovery codes…" }).click();
  const dialog = page.getByRole("dialog", { name: "Make new recovery codes?" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await codeField(page).fill(totp(secret, 1));
  await dialog.getByRole("button", { name: "Make new codes" }).click();
  await codesDialog(page).getByRole("button", { name: "Copy" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toHaveLength(10);
  expect(copied).not.toContain(codes[0]);
  const download = page.waitForEvent("download");
  await codesDialog(page).getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("daybook-recovery-codes.txt");
});

test("a session that ends during an edit asks for the password and a code", async ({ page, person }) => {
  const { secret } = await turnOn(page, person);
  await page.goto("/todos");
  await untilTodos(page);
  const input = page.getByPlaceholder("What needs to be done?");
  await input.fill("Renew the passport");
  await endSession(page);
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(codeField(page)).toBeFocused();
  await expectNoBarriers(page, { part: "[role=dialog]" });
  await codeField(page).fill(totp(secret, 1));
  await expect(dialog).toBeHidden();
  await expect(input).toHaveValue("Renew the passport");
});

test("the secret is copied without spaces, and the keyboard alone is enough", async ({ page, context, person }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await expect(turnOnButton(page)).toBeVisible();
  await turnOnButton(page).focus();
  await page.keyboard.press("Enter");
  const dialog = enrolDialog(page);
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Copy" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toBe(await dialog.locator("code").textContent());
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(turnOnButton(page)).toBeFocused();
});

test("a second factor that fails to load shows the error and a retry button", async ({ page }) => {
  await page.route("**/v1/me/second-factor", (route) => route.fulfill({ status: 503, body: "" }));
  await page.reload();
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t load your second factor" })).toBeVisible();
  await page.unroute("**/v1/me/second-factor");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(turnOnButton(page)).toBeVisible();
});

test("each step is accessible and fits a small phone", async ({ page, person }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const isFine = async (part: string) => {
    await expectNoBarriers(page, { part });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  };
  const secret = await beginToTurnOn(page, person);
  await expect(enrolDialog(page).getByRole("img")).toBeVisible();
  await isFine("[role=dialog]");
  await enrolDialog(page)
    .getByLabel(/Current code from the app/)
    .fill(totp(secret));
  await expect(codesDialog(page)).toBeVisible();
  await isFine("[role=dialog]");
  await codesDialog(page).getByRole("button", { name: "I saved them" }).click();
  await isFine("main");
  await page.getByRole("button", { name: "Turn off…" }).click();
  await expect(page.getByRole("dialog", { name: "Turn the second factor off?" })).toBeVisible();
  await isFine("[role=dialog]");
  await page.keyboard.press("Escape");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, person);
  await expect(codeField(page)).toBeFocused();
  await isFine("main");
});
