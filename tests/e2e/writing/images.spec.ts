import type { Page } from "@playwright/test";
import sharp from "sharp";
import { enter, expect, test } from "../fixtures.ts";
import { newHandle, WritingPage } from "./writing-page.ts";

test.beforeEach(async ({ page, mailbox, person }) => enter(page, mailbox, person));

async function picture(name: string, colour: string) {
  const create = { width: 900, height: 600, channels: 3, background: colour } as const;
  return { name, mimeType: "image/png", buffer: await sharp({ create }).png().toBuffer() };
}

const picker = (page: Page) => page.getByLabel("Add pictures");
const altOf = (page: Page, number = 1) => page.getByLabel(`What does picture ${number} show?`);

/** Drops a file on the editor or pastes it, with the events that a browser sends. */
async function hand(page: Page, type: "drop" | "paste", file: Awaited<ReturnType<typeof picture>>): Promise<void> {
  const { name, mimeType, buffer } = file;
  const [text] = await page.getByRole("textbox", { name: "Text, in Markdown" }).all();
  await text?.evaluate(
    (element, [how, fileName, fileType, bytes]) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(bytes ?? ""), (character) => character.charCodeAt(0));
      data.items.add(new File([content], fileName ?? "", { type: fileType ?? "" }));
      const common = { bubbles: true, cancelable: true, composed: true };
      const event =
        how === "drop"
          ? new DragEvent("drop", { ...common, dataTransfer: data })
          : new ClipboardEvent("paste", { ...common, clipboardData: data });
      element.dispatchEvent(event);
    },
    [type, name, mimeType, buffer.toString("base64")],
  );
}

test("a picture is uploaded, described, published, and shown to readers", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ title: "With a picture", text: "Look:" });
  await picker(page).setInputFiles(await picture("green.png", "#0e5a46"));
  await expect(desk.text).toContainText("Uploading green.png");
  await expect(altOf(page)).toBeVisible({ timeout: 60_000 });
  await expect(desk.text).toContainText("![](media:med_");
  await expect(desk.text).not.toContainText("Uploading");
  await desk.open();
  await desk.introduce(newHandle());
  await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.dialog.getByRole("alert")).toContainText("Before this can be published");
  await page.keyboard.press("Escape");
  await altOf(page).fill("A green rectangle");
  await expect(desk.preview.getByRole("img", { name: "A green rectangle" })).toBeVisible();
  await desk.saved();
  await desk.open();
  await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.toast("Your post is published.")).toBeVisible();
  await desk.toast("Your post is published.").getByRole("button", { name: "View it" }).click();
  const shown = page.getByRole("img", { name: "A green rectangle" });
  await expect(shown).toBeVisible();
  await expect
    .poll(() => shown.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
    .toBeGreaterThan(0);
});

test("several pictures are uploaded at once, by picker, paste and drop", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ title: "Three" });
  await picker(page).setInputFiles([await picture("one.png", "#a00"), await picture("two.png", "#0a0")]);
  await hand(page, "paste", await picture("three.png", "#00a"));
  await hand(page, "drop", await picture("four.png", "#aa0"));
  for (const number of [1, 2, 3, 4]) await expect(altOf(page, number)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId("upload")).toHaveCount(0);
  await desk.saved();
});

test("files that are no pictures or too large are refused before an upload", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().includes("/v1/media")) sent += 1;
  });
  await picker(page).setInputFiles([
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
    { name: "large.png", mimeType: "image/png", buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
  ]);
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t add drawing.svg" })).toContainText("not an AVIF");
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t add large.png" })).toContainText("10 MB");
  await expect(desk.text).not.toContainText("Uploading");
  expect(sent).toBe(0);
});

test("a file with a wrong type is refused, and leaves nothing in the text", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ text: "Before." });
  await picker(page).setInputFiles({ name: "lie.png", mimeType: "image/png", buffer: Buffer.from("<svg/>".repeat(9)) });
  const alert = page.getByRole("alert").filter({ hasText: "We couldn’t add lie.png" });
  await expect(alert).toContainText("not a picture", { timeout: 60_000 });
  await expect(desk.text).toHaveText("Before.");
  await alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(alert).toBeHidden();
});

test("an upload shows its progress and can be canceled", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await page.route(
    (url) => url.pathname.includes("uploads"),
    () => {
      // The upload never completes.
    },
  );
  await picker(page).setInputFiles(await picture("slow.png", "#123"));
  await expect(page.getByRole("progressbar", { name: "Upload of slow.png" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel the upload of slow.png" }).click();
  await expect(page.getByTestId("upload")).toHaveCount(0);
  await expect(desk.text).not.toContainText("Uploading");
});

test("a profile has a picture, and a handle that is chosen once", async ({ page }) => {
  await page.goto("/account");
  await page
    .getByLabel("Profile picture", { exact: true })
    .and(page.locator("input"))
    .setInputFiles(await picture("me.png", "#0e5a46"));
  await expect(page.getByText("Your picture is saved.")).toBeVisible({ timeout: 60_000 });
  const handle = newHandle();
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("About you").fill("Writes about gardens.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription(/Enter a name/);
  await page.getByLabel("Name").fill("Maya");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your profile is saved.")).toBeVisible();
  await expect(page.getByRole("link", { name: `@${handle}` })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("About you")).toHaveValue("Writes about gardens.");
  await expect(page.getByLabel("Handle")).toBeHidden();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("Your picture is removed.")).toBeVisible();
});
