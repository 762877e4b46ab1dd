import { expectNoBarriers } from "../accessibility.ts";
import { expect, newPerson, signUp, subjectsTo, test } from "../fixtures.ts";
import { askForAccount, nextCode, otherThan, signOut, storedText, untilTodos } from "./steps.ts";

test("a user signs up, confirms with the mailed code, and gets one welcome email", async ({
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

test("the mailbox shows an email and its code", async ({ browser, page, mailbox, person }) => {
  await askForAccount(page, person);
  const code = await nextCode(page, mailbox, person.email);
  // Uses a separate page, because the browser reports each script that is blocked in a sandboxed email, including the
  // test's own.
  const viewer = await browser.newPage();
  await viewer.goto(mailbox);
  await viewer.getByText(person.email).first().click();
  await expect(viewer.getByText(code).first()).toBeVisible();
  await viewer.close();
});

test("the password field shows the rule, and how many characters are missing while typing", async ({ page }) => {
  await page.goto("/sign-up");
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toHaveAccessibleDescription(/At least 12 characters/);
  await password.fill("eleven char");
  await expect(password).toHaveAccessibleDescription("1 more character to go.");
  await password.fill("twelve chars");
  await expect(password).toHaveAccessibleDescription("Long enough.");
  await password.fill(" twelve chars");
  await expect(password).toHaveAccessibleDescription(/cannot begin or end with a space/);
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveValue(" twelve chars");
  await page.getByRole("button", { name: "Hide password" }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("errors are shown beside their fields, and the first invalid field gets the focus", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill("nobody");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  for (const label of ["Email", "Password"]) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(/\w/);
  }
  await expect(page.getByLabel("Email")).toBeFocused();
  await expectNoBarriers(page);
});

test("a complete code submits itself, and pasting ignores other characters", async ({ page, mailbox, person }) => {
  await askForAccount(page, person);
  const code = await nextCode(page, mailbox, person.email);
  const field = page.getByLabel(/code/i);
  await field.focus();
  await page.evaluate(
    (text) => {
      document.execCommand("insertText", false, text);
    },
    ` ${code.slice(0, 3)}-${code.slice(3)} `,
  );
  await untilTodos(page);
});

test("a wrong code is refused beside its field, and the correct one is then accepted", async ({
  page,
  mailbox,
  person,
}) => {
  await askForAccount(page, person);
  const code = await nextCode(page, mailbox, person.email);
  const field = page.getByLabel(/code/i);
  await field.fill(otherThan(code));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/wrong or has expired/);
  await expect(field).toBeFocused();
  await field.fill(code);
  await untilTodos(page);
});

test("a new code can be requested after half a minute, and only the newest is valid", async ({
  page,
  mailbox,
  person,
}) => {
  await page.clock.install();
  await askForAccount(page, person);
  const first = await nextCode(page, mailbox, person.email);
  await expect(page.getByRole("button", { name: /new code in 0:\d\d/ })).toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await expect(page.getByRole("button", { name: /new code in 0:\d\d/ })).toBeVisible();
  await page.clock.fastForward(31_000);
  await page.getByRole("button", { name: "Send a new code", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "We sent a new code" })).toBeVisible();
  await expect(page.getByRole("button", { name: /new code in 0:\d\d/ })).toBeVisible();
  const second = await nextCode(page, mailbox, person.email, first);
  // After the reload, the password is no longer in memory.
  const confirm = page.getByRole("button", { name: "Confirm" });
  await page.getByLabel(/code/i).fill(first);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await confirm.click();
  await expect(page.getByLabel(/code/i)).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel(/code/i).fill(second);
  await confirm.click();
  await untilTodos(page);
});

test("the confirmation page asks for the email address if it is unknown", async ({
  page,
  mailbox,
  person,
  context,
}) => {
  await askForAccount(page, person);
  const code = await nextCode(page, mailbox, person.email);
  const elsewhere = await context.newPage();
  await elsewhere.goto("/confirm");
  await elsewhere.getByLabel("Email").fill(person.email);
  await elsewhere.getByLabel(/code/i).fill(code);
  await elsewhere.getByLabel("Password", { exact: true }).fill(person.password);
  await elsewhere.getByRole("button", { name: "Confirm" }).click();
  await untilTodos(elsewhere);
});

test("an existing address gets the same response as a new one", async ({ page, mailbox, person }) => {
  await signUp(page, mailbox, person);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await askForAccount(page, { ...person, password: "another long password" });
  await expect(page.getByLabel(/code/i)).toBeVisible();
});

test("passwords and tokens are not stored where scripts can read them, nor sent in a URL", async ({
  page,
  mailbox,
  person,
}) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await signUp(page, mailbox, person);
  const kept = [await storedText(page), ...addresses].join();
  expect(kept).not.toContain(person.password);
  expect(kept).not.toContain("eyJ");
  expect(addresses.join()).not.toContain(encodeURIComponent(person.email));
});

test("the email address is typed once, and is not part of any URL", async ({ page }) => {
  const { email } = newPerson();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page).toHaveURL(/\/forgot$/);
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await page.getByRole("link", { name: "Sign up" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(email);
  expect(page.url()).not.toContain("person");
});

test("an owner whose address an attacker signed up first signs in with their own password only", async ({
  page,
  request,
  mailbox,
  person,
}) => {
  const attackers = "the attacker's own words";
  const account = { email: person.email, password: attackers };
  expect((await request.post("/v1/accounts", { data: account })).status()).toBe(202);
  await askForAccount(page, person);
  const code = await nextCode(page, mailbox, person.email);
  await page.reload();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/At least 12 characters/);
  expect(await storedText(page)).not.toContain(person.password);
  await page.getByLabel(/code/i).fill(code);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await untilTodos(page);
  expect((await request.post("/v1/session", { data: account })).status()).toBe(401);
});
