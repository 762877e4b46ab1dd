import { expect } from "../fixtures.ts";
import { CommentsPage, comment, publish, test, untilPageSays } from "./comments-page.ts";

test("without JavaScript, comments are readable and a link leads to signing in", async ({ author, browser }) => {
  const { id, path } = await publish(author);
  await comment(author.api, id, "Plain **words**");
  const context = await browser.newContext({ baseURL: process.env.DAYBOOK_URL ?? "", javaScriptEnabled: false });
  const page = await context.newPage();
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByRole("article").filter({ hasText: "Plain words" }).last()).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.getByRole("link", { name: "Sign in to comment" }).click();
  await expect(page).toHaveURL(/\/sign-in#write-comment$/);
  await context.close();
});

test("comments load when they scroll near, without a layout shift", async ({ author, reader, comments, browser }) => {
  const { page } = comments;
  const { id, path } = await publish(author, { body: "A long way to go.\n\n".repeat(60) });
  const first = await comment(author.api, id, "One");
  await author.api.createComment({ params: { postId: id }, body: { body: "Two", parentId: first.id } });
  await comment(reader.api, id, "Three");
  await comments.arrive(path, reader);
  await untilPageSays(path, "Three", Date.now());
  // Leaves the previous page, so that its pending requests are not counted.
  await page.goto("about:blank");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(path, { waitUntil: "networkidle" });
  expect(asked.filter((each) => each.startsWith("/v1/"))).toEqual([]);
  await comments.section.scrollIntoViewIfNeeded();
  await expect(comments.entry("Three").getByRole("button")).toHaveCount(3);
  const context = await browser.newContext({ baseURL: process.env.DAYBOOK_URL ?? "", javaScriptEnabled: false });
  const delivered = new CommentsPage(await context.newPage());
  await delivered.page.goto(path);
  const placeOf = async (of: CommentsPage, text: string) => {
    const [box, section] = [await of.entry(text).boundingBox(), await of.section.boundingBox()];
    return box && section && [box.x, box.y - section.y, box.width, box.height];
  };
  for (const text of ["One", "Two", "Three"])
    expect(await placeOf(comments, text)).toEqual(await placeOf(delivered, text));
  await context.close();
});

test.describe("in a distant time zone", () => {
  const timezoneId = "Pacific/Kiritimati";
  test.use({ timezoneId });

  test("a comment shows the date in the reader's time zone", async ({ author, comments }) => {
    const { id, path } = await publish(author);
    const { createdAt } = await comment(author.api, id, "Good morning");
    await untilPageSays(path, "Good morning", Date.now());
    await comments.page.goto(path);
    const date = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: timezoneId }).format(new Date(createdAt));
    await expect(comments.entry("Good morning").getByRole("time")).toHaveText(date);
  });
});

test("comments are written, answered and deleted with the keyboard only", async ({ author, reader, comments }) => {
  const { page } = comments;
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await page.keyboard.type("By hand");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(comments.entry("By hand")).toBeFocused();

  const button = (name: RegExp) => comments.section.getByRole("button", { name });
  await page.keyboard.press("Tab");
  // Skips the link to the comment.
  await page.keyboard.press("Tab");
  await expect(button(/^Reply to Rosa/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(comments.section.getByLabel("Your reply to Rosa Quist")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button(/^Reply to Rosa/)).toBeFocused();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(button(/^Delete your/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(comments.entries).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(comments.entry("By hand")).toBeFocused();
  await comments.write.focus();
  await page.keyboard.press("Enter");
  await expect(comments.text).toBeFocused();
});

test("the form counts characters, previews, and refuses a text that is too long", async ({
  author,
  reader,
  comments,
}) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await comments.text.fill("x".repeat(1_900));
  await expect(comments.text).toHaveAccessibleDescription("100 characters left");
  await comments.send("x".repeat(2_003));
  await expect(comments.text).toHaveAccessibleDescription(/Too long by 3 characters\./);
  await expect(comments.text).toBeFocused();
  await comments.text.fill("It is *true* &mdash; &amp; well.");
  await comments.section.getByRole("button", { name: "Preview" }).click();
  await expect(comments.section.getByRole("region", { name: "Preview" }).locator("em")).toHaveText("true");
  await expect(comments.section.getByRole("region", { name: "Preview" })).toContainText("— & well");
});

const hostile = [
  "<script>window.canary = 1</script>",
  '<img src=x onerror="window.canary = 2">',
  "[click](javascript:window.canary=3)",
  "<svg onload=window.canary=4>",
  "![](https://elsewhere.example/pixel.png)",
  "<javascript:window.canary=5>",
  "[a]: data:text/html,<script>window.canary=6</script>\n\n[a]",
  "<form action=https://elsewhere.example><button>Win</button></form>",
];

test("scripts in a comment are shown as text, in the page and in the preview", async ({ author, reader, comments }) => {
  const { page } = comments;
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const { id, path } = await publish(author);
  const body = hostile.join("\n\n");
  await comment(author.api, id, body);
  await comments.arrive(path, reader);
  await comments.text.fill(body);
  await comments.section.getByRole("button", { name: "Preview" }).click();
  await expect(comments.section.getByRole("region", { name: "Preview" })).toContainText("<script>window.canary = 1");
  await comments.section.getByRole("button", { name: "Send" }).click();
  await expect(comments.entries).toHaveCount(2);
  await expect(comments.entries.last()).toContainText("<script>window.canary = 1");
  await expect(
    comments.entries.last().locator("script, img, svg, form, [onerror], a[href^='javascript' i]"),
  ).toHaveCount(0);
  expect(await page.evaluate(() => "canary" in window)).toBe(false);
  expect(requests.filter((url) => new URL(url).hostname === "elsewhere.example")).toEqual([]);
});

for (const width of [360, 1440]) {
  test(`comments have no accessibility violations at ${width} px`, async ({ author, reader, comments }) => {
    const { page } = comments;
    await page.setViewportSize({ width, height: 800 });
    const { id, path } = await publish(author, { comments: "moderated" });
    const { id: parentId } = await comment(author.api, id, "Averyveryverylongword".repeat(12));
    await author.api.createComment({ params: { postId: id }, body: { body: "A reply with `code`", parentId } });
    await comment(reader.api, id, "It waits");
    await comments.arrive(path, reader);
    await comments.send("Mine waits");
    await expect(comments.entry("Mine waits")).toContainText("Waiting");
    await comments.act("Averyvery", /^Reply/);
    await comments.section.getByRole("button", { name: "Preview" }).click();
    await comments.hasNoBarriers();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
