import { expect, test } from "../fixtures.ts";
import { signIn } from "./steps.ts";

test.beforeEach(({ page }) => page.goto("/sign-in"));

test("a network error shows what to do and keeps the typed values", async ({ page, person }) => {
  await page.route("**/v1/session", (route) => route.abort("internetdisconnected"));
  await signIn(page, person);
  await expect(page.getByRole("alert").filter({ hasText: "Check your connection" })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(person.password);
  await page.unroute("**/v1/session");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
});

test("a server error is not blamed on the user", async ({ page, person }) => {
  await page.route("**/v1/session", (route) => route.fulfill({ status: 503, body: "" }));
  await signIn(page, person);
  await expect(page.getByRole("alert").filter({ hasText: "Something went wrong on our side" })).toBeVisible();
});

test("a rate limit says when to try again", async ({ page, person }) => {
  await page.route("**/v1/session", (route) =>
    route.fulfill({ status: 429, headers: { "retry-after": "40" }, json: { message: "Too Many Requests" } }),
  );
  await signIn(page, person);
  await expect(page.getByRole("alert").filter({ hasText: "try again in 40 seconds" })).toBeVisible();
});

test("a slow sign-in shows that it is pending and sends one request", async ({ page, person }) => {
  await page.clock.install();
  let asked = 0;
  const answered = Promise.withResolvers<void>();
  await page.route("**/v1/session", async (route) => {
    asked += 1;
    await answered.promise;
    await route.abort();
  });
  await signIn(page, person);
  const button = page.getByRole("button", { name: "One moment…" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.click({ force: true });
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await page.clock.fastForward(5000);
  await expect(page.getByRole("status").filter({ hasText: "longer than usual" })).toBeVisible();
  answered.resolve();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  expect(asked).toBe(1);
});

test("a form that is submitted before hydration leaks nothing into the URL", async ({ browser, baseURL }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(new URL("/sign-in", baseURL).href);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled();
  await expect(page.locator("main form")).toHaveAttribute("method", "post");
  await page.close();
});
