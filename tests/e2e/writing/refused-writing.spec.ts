import sharp from "sharp";
import { comment, test as commentTest, publish } from "../comments/comments-page.ts";
import { elsewhere } from "../elsewhere.ts";
import { enter, expect, test } from "../fixtures.ts";
import { newHandle, WritingPage } from "./writing-page.ts";

// Refused text stays in its form, and a pending deletion is sent when the page is left.

const failures = [
  ["refuses", { status: 400, contentType: "application/json", body: '{"message":"no"}' }],
  ["fails on", { status: 500, contentType: "application/json", body: '{"message":"Internal Server Error"}' }],
  ["cannot be reached for", undefined],
] as const;

test.describe("the editor", () => {
  test.beforeEach(async ({ page, mailbox, person }) => enter(page, mailbox, person));

  for (const [name, answer] of failures)
    test(`keeps the dialog open with name and handle when the server ${name} them`, async ({ page }) => {
      const desk = new WritingPage(page);
      await desk.begin();
      await desk.write({ title: "Rivers", text: "They run." });
      await desk.saved();
      await desk.open();
      const handle = newHandle();
      await desk.introduce(handle);
      await page.route("**/v1/me", (route) => {
        if (route.request().method() !== "PATCH") return route.fallback();
        return answer ? route.fulfill(answer) : route.abort();
      });
      await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
      await expect(desk.dialog).toContainText(/try again/i);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keep editing" }).click();
      await expect(desk.dialog.getByLabel("Your handle")).toHaveValue(handle);
      await page.unroute("**/v1/me");
      await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
      await expect(desk.toast("Your post is published.")).toBeVisible();
    });

  test("keeps a refused title, slug and excerpt in the draft, without a question", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "t".repeat(201), text: "They run." });
    await expect(page.getByText("Shorten this by 1 character to save it.")).toBeVisible();
    await desk.open();
    await desk.dialog.getByLabel("Address", { exact: true }).fill("not/an/address");
    await desk.dialog.getByLabel("Excerpt").fill("e".repeat(305));
    await page.keyboard.press("Escape");
    await expect(desk.dialog).toHaveCount(0);
    await page.reload();
    await expect(desk.title).toHaveValue("t".repeat(201));
    await desk.open();
    await expect(desk.dialog.getByLabel("Address", { exact: true })).toHaveValue("not/an/address");
    await expect(desk.dialog.getByLabel("Excerpt")).toHaveValue("e".repeat(305));
  });

  test("keeps a picture description that is too long in its field", async ({ page }) => {
    const desk = new WritingPage(page);
    await desk.begin();
    await desk.write({ title: "With a picture", text: "Look:" });
    const create = { width: 90, height: 60, channels: 3, background: "#0e5a46" } as const;
    const buffer = await sharp({ create }).png().toBuffer();
    await page.getByLabel("Add pictures").setInputFiles({ name: "green.png", mimeType: "image/png", buffer });
    const alt = page.getByLabel("What does picture 1 show?");
    await alt.fill("a".repeat(510));
    await alt.press("Enter");
    await expect(alt).toHaveAccessibleDescription(/Shorten this by 10 characters/);
    await desk.title.click();
    await expect(alt).toHaveValue("a".repeat(510));
  });

  test("deletes a post when its tab is closed before the undo expires", async ({ page, person }) => {
    const desk = new WritingPage(page);
    const other = await elsewhere(person);
    await desk.begin();
    await desk.write({ title: "To go" });
    await desk.saved();
    await page.getByRole("link", { name: "Your posts" }).click();
    await page.getByRole("button", { name: "More for To go" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(desk.toast("To go")).toBeVisible();
    expect(await other.posts()).toEqual(["To go"]);
    await page.close({ runBeforeUnload: true });
    await expect.poll(other.posts).toEqual([]);
  });
});

commentTest.describe("a comment", () => {
  for (const [name, answer] of failures)
    commentTest(`stays when the server ${name} it`, async ({ author, reader, comments }) => {
      const { path } = await publish(author);
      await comments.arrive(path, reader);
      await comments.page.route("**/v1/posts/*/comments", (route) => {
        if (route.request().method() !== "POST") return route.fallback();
        return answer ? route.fulfill(answer) : route.abort();
      });
      await comments.send("With care");
      if (answer?.status === 400) await expect(comments.text).toHaveValue("With care");
      else await expect(comments.entry("With care")).toBeVisible();
      await comments.page.reload();
      await comments.section.scrollIntoViewIfNeeded();
      await expect(comments.section).toContainText("With care");
    });

  commentTest("keeps an edit in its form when the change is refused", async ({ author, reader, comments }) => {
    const { id, path } = await publish(author);
    await comment(reader.api, id, "As it was");
    await comments.arrive(path, reader);
    await comments.act("As it was", /^Edit/);
    await comments.page.route("**/v1/posts/*/comments/*", (route) =>
      route.request().method() === "PATCH" ? route.abort() : route.fallback(),
    );
    const form = comments.section.getByLabel("Change your comment");
    await form.fill("As it is");
    await comments.section.getByRole("button", { name: "Save" }).click();
    await expect(comments.section).toContainText("try again");
    await expect(form).toHaveValue("As it is");
  });

  commentTest("is deleted when its tab is closed before the undo expires", async ({ author, reader, comments }) => {
    const { id, path } = await publish(author);
    await comment(reader.api, id, "To go");
    await comments.arrive(path, reader);
    await comments.act("To go", /^Delete/);
    await expect(comments.entry("To go")).toHaveCount(0);
    await comments.page.close({ runBeforeUnload: true });
    const bodies = async () => (await author.api.listComments({ params: { postId: id } })).data.map(({ body }) => body);
    await expect.poll(bodies).not.toContain("To go");
  });
});
