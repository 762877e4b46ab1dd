import { enter, expect, test } from "../fixtures.ts";
import { newHandle, WritingPage } from "./writing-page.ts";

test.beforeEach(async ({ page, mailbox, person }) => enter(page, mailbox, person));

test.describe("publishing", () => {
  test("asks once for name and handle, shows the URL, and makes the post public", async ({ page }) => {
    const desk = new WritingPage(page);
    const handle = newHandle();
    await desk.begin();
    await desk.write({ title: "Grüße, Welt", text: "Hello, *reader*." });
    await desk.open();
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.dialog.getByLabel("Your handle")).toHaveAccessibleDescription(/3 to 30/);
    await desk.introduce(handle);
    await desk.dialog.getByLabel("Tags").fill("Gardening, Table design");
    await desk.dialog.getByLabel("Comments").selectOption("moderated");
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.toast("Your post is published.")).toBeVisible();
    await desk.open("Post settings…");
    await expect(desk.dialog.getByLabel("Tags")).toHaveValue("gardening, table-design");
    await expect(desk.dialog.getByLabel("Comments")).toHaveValue("moderated");
    await desk.dialog.getByRole("link", { name: new RegExp(`/@${handle}/`) }).click();
    await expect(page.getByRole("heading", { name: "Grüße, Welt", level: 1 })).toBeVisible();
    await expect(page.locator(".prose em")).toHaveText("reader");
  });

  test("shows unpublished changes, publishes them, and unpublishes the post", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "Twice", text: "Once." });
    await desk.open();
    await desk.introduce(newHandle());
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.toast("Your post is published.")).toBeVisible();
    await desk.write({ text: " Twice." });
    await desk.saved();
    await page.getByRole("link", { name: "Your posts" }).click();
    await expect(desk.posts).toHaveText(/Twice.*Published.*Unpublished changes/);
    await desk.posts.getByRole("link", { name: "Twice" }).click();
    await desk.open("Publish changes…");
    await desk.dialog.getByRole("button", { name: "Publish changes" }).click();
    await expect(desk.toast("Your changes are published.")).toBeVisible();
    await desk.open("Post settings…");
    await desk.dialog.getByRole("button", { name: "Unpublish" }).click();
    await expect(desk.toast(/draft again/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Publish…" })).toBeVisible();
  });

  test("schedules a post for a future time, and cancels the schedule", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "Later", text: "Not yet." });
    await desk.open();
    await desk.introduce(newHandle());
    await desk.dialog.getByLabel("Later").check();
    const at = desk.dialog.getByLabel("Date and time");
    await at.fill("2020-01-01T10:00");
    await desk.dialog.getByRole("button", { name: "Schedule" }).click();
    await expect(at).toHaveAccessibleDescription(/in the future/);
    await at.fill("2035-01-01T10:00");
    await desk.dialog.getByRole("button", { name: "Schedule" }).click();
    await expect(desk.toast(/will be published/)).toBeVisible();
    await desk.open("Post settings…");
    await expect(desk.dialog.getByText(/will be published.*2035/)).toBeVisible();
    await desk.dialog.getByRole("button", { name: "Cancel the schedule" }).click();
    await expect(desk.toast(/draft again/)).toBeVisible();
  });

  test("sets a date in the past, also of a published post", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "From the old blog", text: "Then." });
    await desk.open();
    await desk.introduce(newHandle());
    await desk.dialog.getByLabel("With an earlier date").check();
    const date = desk.dialog.getByLabel("Publication date");
    await date.fill("2035-01-01T10:00");
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(date).toHaveAccessibleDescription(/in the past/);
    await date.fill("2019-05-04T10:00");
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.toast("Your post is published.")).toBeVisible();
    await desk.open("Post settings…");
    await expect(date).toHaveValue("2019-05-04T10:00");
    await date.fill("2018-05-04T10:00");
    await desk.dialog.getByRole("button", { name: "Publish changes" }).click();
    await expect(desk.toast("Your changes are published.")).toBeVisible();
    await page.getByRole("link", { name: "Your posts" }).click();
    await expect(desk.posts).toHaveText(/Published.*2018/);
  });

  test("names a tag that is refused", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "Tags", text: "Text." });
    await desk.open();
    await desk.introduce(newHandle());
    const tags = desk.dialog.getByLabel("Tags");
    await tags.fill("C++, node.js, what?");
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(tags).toHaveAccessibleDescription(/“what\?” can’t be a tag/);
    await expect(tags).toBeFocused();
    await expect(desk.dialog.getByText(/aren’t saved yet/)).toBeHidden();
    await tags.fill("C++, node.js");
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.toast("Your post is published.")).toBeVisible();
  });

  test("reports missing parts of a post and an invalid slug", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "No text" });
    await desk.saved();
    await desk.open();
    await desk.introduce(newHandle());
    await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(desk.dialog.getByRole("alert")).toContainText("Before this can be published");
    await desk.dialog.getByLabel("Address", { exact: true }).fill("Not an address!");
    await expect(desk.dialog.getByLabel("Address", { exact: true })).toHaveAccessibleDescription(/lowercase letters/);
  });
});
