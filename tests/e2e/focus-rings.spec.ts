import { enter, expect, test } from "./fixtures.ts";
import { expectWholeFocusRings } from "./focus-rings.ts";
import { WritingPage } from "./writing/writing-page.ts";

const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

for (const size of sizes) {
  for (const path of ["/", "/sign-in", "/sign-up", "/docs/api", "/design"])
    test(`${path} shows whole focus rings at ${size.width} px`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto(path, { waitUntil: "networkidle" });
      await expectWholeFocusRings(page);
    });

  test(`pages of a signed-in user show whole focus rings at ${size.width} px`, async ({ page, mailbox, person }) => {
    await page.setViewportSize(size);
    await enter(page, mailbox, person);
    await page.goto("/account");
    await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
    await expectWholeFocusRings(page);
  });

  // #region blog
  test(`the blog and the writing desk show whole focus rings at ${size.width} px`, async ({
    page,
    mailbox,
    person,
  }) => {
    await page.setViewportSize(size);
    await page.goto("/blog", { waitUntil: "networkidle" });
    await expectWholeFocusRings(page);
    await enter(page, mailbox, person);
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "A post", text: "Words." });
    await expectWholeFocusRings(page);
    await desk.open();
    await expectWholeFocusRings(page);
  });
  // #endregion blog
}
