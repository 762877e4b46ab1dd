import { expect, signUp, test } from "../fixtures.ts";
import { askForAccount, nextCode, otherThan, signIn, signOut, untilTodos } from "./steps.ts";

test("a user signs in again after a wrong password", async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("status").filter({ hasText: "You are signed out" })).toBeVisible();
  await signIn(page, { ...person, password: "not my password" });
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await signIn(page, person);
  await untilTodos(page);
});

test("an unconfirmed account gets a new code, which signs the user in", async ({ page, mailbox, person }) => {
  await askForAccount(page, person);
  const first = await nextCode(page, mailbox, person.email);
  await page.goto("/sign-in");
  await signIn(page, person);
  await expect(page).toHaveURL(/\/confirm$/);
  await expect(page.getByText(person.email)).toBeVisible();
  await page.getByLabel(/code/i).fill(await nextCode(page, mailbox, person.email, first));
  await untilTodos(page);
});

test("signed-in users are redirected from every page that asks to sign in", async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  for (const path of ["/sign-in", "/sign-up", "/confirm", "/forgot", "/reset"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/todos$/);
  }
});

test("signing in returns to the page that the user wanted", async ({ page, context, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await context.clearCookies();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("status").filter({ hasText: "Your session has ended" })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await signIn(page, person);
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
});

test("a forgotten password is replaced with a mailed code, which signs the user in", async ({
  page,
  mailbox,
  person,
}) => {
  await signUp(page, mailbox, person);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  const before = await nextCode(page, mailbox, person.email);
  await page.getByLabel("Email").fill(person.email);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(page).toHaveURL(/\/reset$/);
  const code = await nextCode(page, mailbox, person.email, before);
  const field = page.getByLabel(/code/i);
  const set = page.getByRole("button", { name: "Set the password and sign in" });
  const renewed = { ...person, password: "a brand new password" };

  await field.fill(otherThan(code));
  await page.getByLabel("New password").fill("short");
  await set.click();
  await expect(page.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("New password").fill(renewed.password);
  await set.click();
  await expect(field).toHaveAccessibleDescription(/wrong or has expired/);
  await field.fill(code);
  await set.click();
  await untilTodos(page);

  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(page, person);
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await signIn(page, renewed);
  await untilTodos(page);
});

test("the reset page shows the same text for an address without an account", async ({ page, person }) => {
  await page.goto("/forgot");
  await page.getByLabel("Email").fill(person.email);
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(page).toHaveURL(/\/reset$/);
  await expect(page.getByText("If there’s an account for")).toBeVisible();
});

test("password managers recognize each field", async ({ page, mailbox, person }) => {
  const attributes = () =>
    page
      .locator("main input[name]")
      .evaluateAll((inputs) => inputs.map((input) => [input.getAttribute("name"), input.getAttribute("autocomplete")]));
  const expected: Record<string, readonly (readonly string[])[]> = {
    "/sign-up": [
      ["email", "username"],
      ["password", "new-password"],
    ],
    "/sign-in": [
      ["email", "username"],
      ["password", "current-password"],
    ],
    "/forgot": [["email", "username"]],
    "/confirm": [
      ["email", "username"],
      ["code", "one-time-code"],
      ["password", "new-password"],
    ],
    "/reset": [
      ["email", "username"],
      ["code", "one-time-code"],
      ["newPassword", "new-password"],
    ],
  };
  for (const [path, fields] of Object.entries(expected)) {
    await page.goto(path);
    expect((await attributes()).filter(([, autocomplete]) => autocomplete)).toEqual(fields);
    const form = page.locator("main form");
    await expect(form).toHaveAttribute("method", "post");
  }
  await signUp(page, mailbox, person);
  await page.goto("/account");
  await expect(page.getByLabel("Current password")).toHaveAttribute("autocomplete", "current-password");
  await expect(page.getByLabel("New password")).toHaveAttribute("autocomplete", "new-password");
  await expect(page.locator("input[autocomplete=username]")).toHaveValue(person.email);
});
