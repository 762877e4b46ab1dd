import { errors } from "../../packages/web/copy/errors.ts";

import { expectNoBarriers } from "./accessibility.ts";
import { enter, expect, test } from "./fixtures.ts";

test("a page that fails shows the error page, and works after a retry", async ({
  page,
  mailbox,
  person,
  consoleProblems,
}) => {
  await enter(page, mailbox, person);
  await page.addInitScript(() => {
    Object.assign(window, { dates: Intl.DateTimeFormat });
    Reflect.deleteProperty(Intl, "DateTimeFormat");
  });
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: errors.page.title })).toBeVisible();
  await expect(page.getByText(errors.page.text)).toBeVisible();
  await expectNoBarriers(page);
  // The error is logged to the console. Removes it from the list, so that the fixture does not fail the test.
  expect(consoleProblems.splice(0)).not.toEqual([]);
  await page.evaluate(() => Object.assign(Intl, { DateTimeFormat: Reflect.get(window, "dates") }));
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(person.email)).toBeVisible();
});
