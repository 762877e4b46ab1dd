import { writeFile } from "node:fs/promises";
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

/** Replaces the text of the post, as a user does. */
async function rewrite(page: Page, text: string): Promise<void> {
  await new WritingPage(page).text.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

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

/** Noise, which no format without loss compresses. */
async function noise(name: string, width: number, height: number) {
  const create = { width, height, channels: 3, noise: { type: "gaussian", mean: 128, sigma: 40 } } as const;
  return {
    name,
    mimeType: "image/png",
    buffer: await sharp({ create: { ...create, background: "#888" } })
      .png()
      .toBuffer(),
  };
}

async function animation(name: string) {
  const frames = await Promise.all(["#a00", "#0a0"].map(async (colour) => (await picture("", colour)).buffer));
  const buffer = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  return { name, mimeType: "image/gif", buffer };
}

test("a picture is accepted as what it is, made smaller if it is too large, and told to be still", async ({
  page,
}, testInfo) => {
  const desk = new WritingPage(page);
  await desk.begin();
  const webp = await sharp((await picture("", "#0e5a46")).buffer)
    .webp()
    .toBuffer();
  await picker(page).setInputFiles([
    { name: "photo.jpg", mimeType: "image/jpeg", buffer: webp },
    await animation("cat.gif"),
  ]);
  // The browser reads a file of this size from the disk, which is faster than through the test's connection.
  const large = testInfo.outputPath("large.png");
  const { buffer } = await noise("", 2_400, 1_600);
  expect(buffer.length).toBeGreaterThan(10 * 1024 * 1024);
  await writeFile(large, buffer);
  await picker(page).setInputFiles(large);
  for (const number of [1, 2, 3]) await expect(altOf(page, number)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("status").filter({ hasText: "cat.gif is animated" })).toContainText("first frame");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByTestId("upload")).toHaveCount(0);
});

test("a HEIC file that the browser cannot open is refused with advice", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  const buffer = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
  await picker(page).setInputFiles({ name: "IMG_1.HEIC", mimeType: "image/heic", buffer });
  await expect(page.getByRole("alert").filter({ hasText: "IMG_1.HEIC" })).toContainText("Save it as JPEG");
  await expect(desk.text).not.toContainText("Uploading");
});

test("an inserted picture is a block, and a captioned one can be described where it stands", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ text: "A paragraph." });
  await page.keyboard.press("Home");
  await picker(page).setInputFiles(await picture("green.png", "#0e5a46"));
  await expect(altOf(page)).toBeVisible({ timeout: 60_000 });
  await expect(desk.preview.locator("figure .picture")).toBeVisible();
  await expect(desk.preview.locator("p", { hasText: "A paragraph." })).toHaveText("A paragraph.");
  await altOf(page).fill("A green rectangle");
  await altOf(page).press("Enter");
  await expect(altOf(page)).toBeHidden();
  const [, id] = /(med_\w{26})/.exec((await desk.text.textContent()) ?? "") ?? [];
  await rewrite(page, `![](media:${id} "Seen from above")`);
  await altOf(page).fill("Another");
  await expect(desk.text).toContainText(`![Another](media:${id} "Seen from above")`);
  await expect(desk.preview.locator("figcaption")).toHaveText("Seen from above");
});

test("a refusal names the pictures, and a decorative one needs no description", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ title: "Two pictures" });
  await picker(page).setInputFiles([await picture("one.png", "#a00"), await picture("two.png", "#0a0")]);
  await expect(altOf(page, 2)).toBeVisible({ timeout: 60_000 });
  await altOf(page, 1).fill("A red rectangle");
  await desk.saved();
  await desk.open();
  await desk.introduce(newHandle());
  await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.dialog.getByRole("alert")).toContainText("Picture 2 does not say what it shows");
  await page.keyboard.press("Escape");
  await page.getByTestId("picture").getByLabel("Decorative").last().check();
  await expect(desk.text).toContainText("#decorative)");
  await desk.saved();
  await desk.open();
  await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.toast("Your post is published.")).toBeVisible();
});

test("small pictures keep their size, in a line too, and transparent ones have a light ground", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  const create = { width: 80, height: 60, channels: 4, background: "#0000" } as const;
  const buffer = await sharp({ create }).png().toBuffer();
  await picker(page).setInputFiles({ name: "line.png", mimeType: "image/png", buffer });
  await altOf(page).fill("A line", { timeout: 60_000 });
  const [, id] = /(med_\w{26})/.exec((await desk.text.textContent()) ?? "") ?? [];
  const reference = `![A line](media:${id})`;
  await rewrite(page, `${reference}\n\nWords ${reference} and words.\n\n| a |\n|---|\n| ${reference} |`);
  const pictures = desk.preview.locator(".picture");
  await expect(pictures).toHaveCount(3);
  for (const one of await pictures.all()) expect((await one.boundingBox())?.width).toBe(80);
  expect((await desk.preview.locator("p", { hasText: "Words" }).boundingBox())?.height).toBeLessThan(100);
  await expect(pictures.locator("> img")).toHaveCount(0);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(pictures.locator("picture img").first()).toHaveCSS("background-color", "rgb(250, 246, 236)");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(pictures.locator("picture img").first()).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
});

test("files that are no pictures are refused before an upload", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().includes("/v1/media")) sent += 1;
  });
  await picker(page).setInputFiles([
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
    { name: "damaged.png", mimeType: "image/png", buffer: Buffer.alloc(99) },
    { name: "empty.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
  ]);
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t add drawing.svg" })).toContainText("not an AVIF");
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t add damaged.png" })).toContainText("not an AVIF");
  await expect(page.getByRole("alert").filter({ hasText: "We couldn’t add empty.png" })).toContainText("empty");
  await expect(desk.text).not.toContainText("Uploading");
  expect(sent).toBe(0);
});

test("a damaged picture is refused, and leaves nothing in the text", async ({ page }) => {
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ text: "Before." });
  const buffer = (await noise("", 99, 99)).buffer.subarray(0, 9_000);
  await picker(page).setInputFiles({ name: "half.png", mimeType: "image/png", buffer });
  const alert = page.getByRole("alert").filter({ hasText: "We couldn’t add half.png" });
  await expect(alert).toContainText("damaged", { timeout: 60_000 });
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
