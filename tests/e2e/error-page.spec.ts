import { errors } from "../../packages/web/copy/errors.ts";

import { expectNoBarriers } from "./accessibility.ts";
import { enter, expect, test } from "./fixtures.ts";

test("a page that breaks says so, and is there after another try", async ({
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
  // What broke it is told to whoever looks, and to nobody else.
  expect(consoleProblems.splice(0)).not.toEqual([]);
  await page.evaluate(() => Object.assign(Intl, { DateTimeFormat: Reflect.get(window, "dates") }));
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(person.email)).toBeVisible();
});
