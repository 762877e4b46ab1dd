import AxeBuilder from "@axe-core/playwright";
import { expect, newPerson, readCode, signUp, subjectsTo, test } from "./fixtures.ts";

test("a person signs up, confirms with the mailed code, and gets one welcome email", async ({
  page,
  mailbox,
  person,
}) => {
  await signUp(page, mailbox, person);
  await expect(page).toHaveURL(/\/todos$/);
  await expect.poll(() => subjectsTo(page, mailbox, person.email)).toHaveLength(2);
  const subjects = await subjectsTo(page, mailbox, person.email);
  expect(subjects.filter((subject) => /welcome/i.test(subject))).toHaveLength(1);
});

test("the mailbox shows a mail and its code", async ({ browser, page, mailbox }) => {
  const { email, password } = newPerson();
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect.poll(() => readCode(page, mailbox, email)).toMatch(/^\d{6}$/);
  // A page of its own: the browser reports each script that a sandboxed mail may not run, the test's own among them.
  const viewer = await browser.newPage();
  await viewer.goto(mailbox);
  await viewer.getByText(email).first().click();
  await expect(viewer.getByText(await readCode(page, mailbox, email)).first()).toBeVisible();
  await viewer.close();
});

test("the session survives a reload and ends with signing out, in every tab", async ({
  page,
  context,
  mailbox,
  person,
}) => {
  await signUp(page, mailbox, person);
  await page.reload();
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
  const second = await context.newPage();
  await second.goto("/todos");
  await expect(second.getByPlaceholder("What needs to be done?")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(second).toHaveURL(/\/sign-in$/);
  await page.goto("/todos");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("a person signs in again, after a wrong password was refused in words", async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("not my password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
});

test("errors stand beside their field", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill("nobody");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  for (const label of ["Email", "Password"]) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(/\w/);
  }
  await expect(page.getByLabel("Email")).toBeFocused();
});

test("a wrong code is refused, and another one can be asked for", async ({ page, mailbox }) => {
  const person = newPerson();
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  const code = page.getByLabel(/code/i);
  await expect.poll(() => readCode(page, mailbox, person.email)).toMatch(/^\d{6}$/);
  const first = await readCode(page, mailbox, person.email);
  await code.fill(first === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: /again|new code|another/i }).click();
  await expect.poll(() => readCode(page, mailbox, person.email)).not.toBe(first);
  await code.fill(await readCode(page, mailbox, person.email));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
});

for (const path of ["/", "/sign-up", "/sign-in", "/confirm", "/no-such-page"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path} in ${colorScheme} is accessible, strict and fits a small phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 740 });
      const response = await page.goto(path);
      const policy = response?.headers()["content-security-policy"] ?? "";
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
      expect(response?.headers()["x-content-type-options"]).toBe("nosniff");
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }
}
