import type { Page } from "@playwright/test";
import { expectNoBarriers } from "../accessibility.ts";
import { enter, expect, revokeSession, test } from "../fixtures.ts";
import { WritingPage } from "./writing-page.ts";

test.beforeEach(async ({ page, mailbox, person }) => enter(page, mailbox, person));

/** Changes the post by the API, as another device of the same user would. */
async function elsewhere(page: Page, data: Record<string, unknown>): Promise<void> {
  const { origin, searchParams } = new URL(page.url());
  const renewal = await page.request.post("/v1/session/refresh", { headers: { origin } });
  const { accessToken } = await renewal.json();
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/merge-patch+json" };
  const change = await page.request.patch(`/v1/posts/${searchParams.get("post")}`, { headers, data });
  expect(change.status()).toBe(200);
}

test.describe("writing", () => {
  test("saves automatically, and keeps the text after a reload", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "A table for everything", text: "One table, and *every* access pattern." });
    await expect(desk.preview.locator("em")).toHaveText("every");
    await expect(page.getByTestId("counts")).toHaveText("6 words · 1 min read");
    await desk.saved();
    // Continues to type without moving the focus.
    await page.keyboard.type(" Go on.");
    await desk.saved();
    await page.reload();
    await expect(desk.title).toHaveValue("A table for everything");
    await expect(desk.text).toHaveText("One table, and *every* access pattern. Go on.");
    await page.goto("/write");
    await expect(desk.posts).toHaveText(/A table for everything.*Draft/);
  });

  test("survives a reload right after a keystroke", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ text: "First." });
    await desk.saved();
    await page.route("**/v1/posts/**", (route) => route.abort());
    await desk.write({ text: " Last words" });
    await page.reload();
    await expect(desk.text).toHaveText("First. Last words");
    await page.unroute("**/v1/posts/**");
    await desk.saved();
  });

  test("continues offline, and is sent when the network is back", async ({ page, context }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "On a train" });
    await desk.saved();
    await context.setOffline(true);
    await desk.write({ text: "In a tunnel." });
    await expect(desk.save).toContainText("Offline, stored on this device");
    await context.setOffline(false);
    await desk.saved();
    await page.reload();
    await expect(desk.text).toHaveText("In a tunnel.");
  });

  test("can start a new post offline", async ({ page, context }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await context.setOffline(true);
    await desk.write({ title: "Begun offline" });
    await expect(desk.save).toContainText("Offline");
    await page.getByRole("link", { name: "Your posts" }).click();
    await expect(desk.posts).toHaveText(/Begun offline.*Not saved yet/);
    await context.setOffline(false);
    await expect(desk.posts).toHaveText(/Begun offline/);
    await expect(desk.posts.getByText("Not saved yet")).toBeHidden();
    await page.reload();
    await expect(desk.posts).toHaveCount(1);
  });

  test("happens in one tab; other tabs follow and can take over", async ({ page, context }) => {
    const first = new WritingPage(page);
    await first.begin();
    await first.write({ text: "One" });
    await first.saved();
    const second = new WritingPage(await context.newPage());
    await second.page.goto(page.url());
    await expect(second.page.getByText("open in another tab")).toBeVisible();
    await first.write({ text: ", two" });
    await expect(second.text).toHaveText("One, two");
    await second.page.getByRole("button", { name: "Write here" }).click();
    await expect(page.getByText("open in another tab")).toBeVisible();
    await second.write({ text: ", three" });
    await expect(first.text).toHaveText("One, two, three");
    await second.saved();
    await second.page.close();
    // When the second tab closes, the first one takes over again.
    await expect(page.getByText("open in another tab")).toBeHidden();
    await first.write({ text: ", four" });
    await first.saved();
    await expect(first.text).toHaveText("One, two, three, four");
  });

  test("asks to sign in again when the session has ended, and keeps the text", async ({ page, person }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ text: "Before." });
    await desk.saved();
    await revokeSession(page);
    await page.route("**/v1/posts/**", (route) =>
      route.fulfill({ status: 401, contentType: "application/json", body: '{"message":"Unauthorized"}' }),
    );
    await desk.write({ text: " After." });
    const again = page.getByRole("dialog", { name: "Your session has ended" });
    await expect(again).toBeVisible();
    await page.unroute("**/v1/posts/**");
    await again.getByLabel("Password", { exact: true }).fill(person.password);
    await again.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(again).toBeHidden();
    await expect(desk.text).toHaveText("Before. After.");
    await desk.saved();
  });
});

test.describe("a conflict with a change on another device", () => {
  /** Makes both devices change the same line. */
  async function conflict(page: Page): Promise<WritingPage> {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ text: "Base line" });
    await desk.saved();
    await page.context().setOffline(true);
    await desk.write({ text: "\n\nMine" });
    await elsewhere(page, { body: "Base line\n\nTheirs" });
    await page.context().setOffline(false);
    await expect(page.getByTestId("conflict")).toBeVisible();
    await expect(page.getByRole("region", { name: "Yours", exact: true })).toContainText("Mine");
    await expect(page.getByRole("region", { name: "Elsewhere", exact: true })).toContainText("Theirs");
    return desk;
  }

  test("keeps the other version if the author takes it", async ({ page }) => {
    const desk = await conflict(page);
    await page.getByRole("button", { name: "Keep theirs" }).click();
    await expect(desk.text).toContainText("Theirs");
    await expect(desk.text).not.toContainText("Mine");
    await desk.saved();
  });

  test("keeps the author's version if the author keeps it", async ({ page }) => {
    const desk = await conflict(page);
    await page.getByRole("button", { name: "Keep yours" }).click();
    await desk.saved();
    await page.reload();
    await expect(desk.text).toContainText("Mine");
    await expect(desk.text).not.toContainText("Theirs");
  });

  test("keeps the text that the author merges from both", async ({ page }) => {
    const desk = await conflict(page);
    await page.getByRole("button", { name: "Merge both…" }).click();
    const merged = page.getByLabel("Merged text");
    await expect(merged).toHaveValue(/Mine[\s\S]*Theirs/);
    await merged.fill("Base line\n\nMine\n\nTheirs");
    await page.getByRole("button", { name: "Use this text" }).click();
    await desk.saved();
    await page.reload();
    await expect(desk.text).toContainText("Theirs");
    await expect(desk.text).toContainText("Mine");
  });

  test("is merged without asking if the changes concern different members", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ text: "Mine" });
    await desk.saved();
    await elsewhere(page, { title: "Their title" });
    await desk.write({ text: " alone" });
    await expect(desk.title).toHaveValue("Their title");
    await desk.saved();
    await expect(desk.text).toHaveText("Mine alone");
  });
});

test("a deleted post is restored by Undo, and otherwise deleted", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ title: "To go" });
  await desk.saved();
  await page.getByRole("link", { name: "Your posts" }).click();
  const remove = async () => {
    await page.getByRole("button", { name: "More for To go" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(desk.posts).toHaveCount(0);
  };
  await remove();
  await desk.toast("“To go” is deleted").getByRole("button", { name: "Undo" }).click();
  await expect(desk.posts).toHaveCount(1);
  await remove();
  const gone = page.waitForResponse((response) => response.request().method() === "DELETE");
  await desk.toast("“To go” is deleted").getByRole("button", { name: "Dismiss" }).click();
  expect((await gone).status()).toBe(204);
  await page.reload();
  await expect(page.getByText("Nothing written yet")).toBeVisible();
});

test("an unknown post shows that it does not exist", async ({ page }) => {
  await page.goto("/write?post=pst_01KA6V6A1B2C3D4E5F6G7H8J9K");
  await expect(page.getByText("There is no such post")).toBeVisible();
});

test("keyboard shortcuts format text, open the publish dialog and show the list of shortcuts", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.title.fill("By keys");
  await desk.title.press("Enter");
  await page.keyboard.type("strong");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+b");
  await expect(desk.text).toHaveText("**strong**");
  await page.keyboard.press("ControlOrMeta+b");
  await expect(desk.text).toHaveText("strong");
  await page.keyboard.press("ControlOrMeta+Shift+8");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("more");
  await expect(desk.preview.getByRole("listitem")).toHaveText(["strong", "more"]);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(desk.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(desk.dialog).toBeHidden();
  await page.getByRole("button", { name: "Bold" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Italic" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

/** Pastes into the text as a browser does. */
const paste = (desk: WritingPage, types: Readonly<Record<string, string>>) =>
  desk.text.evaluate((element, data) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, types);

test("pasting keeps the formats of copied text, and turns an address over words into a link", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.text.click();
  const html = "<b style='font-weight:normal'><h2>Roses</h2><ul><li>red <i>and</i> <b>white</b></li></ul></b>";
  await paste(desk, { "text/html": html, "text/plain": "Roses\nred and white" });
  await expect(desk.preview.getByRole("heading", { name: "Roses" })).toBeVisible();
  await expect(desk.preview.locator("li em")).toHaveText("and");
  await expect(desk.preview.locator("li strong")).toHaveText("white");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("see this");
  await page.keyboard.press("ControlOrMeta+a");
  await paste(desk, { "text/plain": "https://example.com/a_(b)" });
  await expect(desk.text).toHaveText("[see this](https://example.com/a_%28b%29)");
  await paste(desk, { "text/plain": " https://example.com" });
  await expect(desk.text).toHaveText(/\) https:\/\/example\.com$/);
});

for (const width of [360, 1440])
  test(`the writing desk is accessible at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const desk = new WritingPage(page);
    const check = async () => {
      await expectNoBarriers(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await page.goto("/write");
    await expect(page.getByText("Nothing written yet")).toBeVisible();
    await check();
    await desk.begin();
    await desk.write({
      title: "Axe",
      text: "## Why\n\n- a list\n\n> and a quotation, [linked](https://example.com)",
    });
    await desk.saved();
    await check();
    if (width < 900) {
      await page.getByText("Preview", { exact: true }).click();
      await expect(desk.preview.getByRole("heading", { name: "Why" })).toBeVisible();
      await check();
    }
    await desk.open();
    await check();
    await page.keyboard.press("Escape");
    await page.goto("/write?view=comments");
    await expect(page.getByText("Nothing to review")).toBeVisible();
    await check();
  });
