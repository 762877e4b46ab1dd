import { expect } from "../fixtures.ts";
import { comment, openElsewhere, publish, test, untilPageSays } from "./comments-page.ts";

test("a reader signs in from the post, comments, and others see the comment within five seconds", {
  tag: "@time",
}, async ({ author, reader, comments, browser }) => {
  const { path } = await publish(author);
  // Fills the edge cache with the page without the comment.
  await fetch(new URL(path, process.env.DAYBOOK_URL));
  await comments.arrive(path, reader);
  await comments.text.fill("It runs *uphill* here.");
  await comments.text.press("ControlOrMeta+Enter");
  const since = Date.now();
  await expect(comments.entry("It runs uphill here.")).toBeFocused();
  await expect(comments.status).toHaveText("Your comment is published.");
  await expect(comments.entries.locator("em")).toHaveText("uphill");
  expect(await untilPageSays(path, "uphill", since)).toBeLessThan(5_000);
  const other = await openElsewhere(browser);
  await other.page.goto(path);
  await expect(other.entry("It runs uphill here.")).toContainText("Rosa Quist");
});

test("a reader replies to the author, one level deep", async ({ author, reader, comments, browser }) => {
  const { id, path } = await publish(author);
  await comment(author.api, id, "What do you think?");
  await comments.arrive(path, reader);
  await comments.act("What do you think?", /^Reply to Maya/);
  const reply = comments.section.getByLabel("Your reply to Maya Lind");
  await reply.fill("I like it.");
  await comments.section.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(comments.section.getByRole("list", { name: "Replies to Maya Lind" })).toContainText("I like it.");
  await expect(comments.entry("I like it.").getByRole("button", { name: /Reply/ })).toHaveCount(0);
  const listed = () => reader.api.listComments({ params: { postId: id } }).then(({ data }) => data.length);
  await expect.poll(listed).toBe(2);
  const other = await openElsewhere(browser, author);
  await other.open(path);
  await expect(other.entry("I like it.")).toContainText("Rosa Quist");
});

test("a comment can be edited and deleted, and the deletion can be undone", async ({ author, reader, comments }) => {
  const { id, path } = await publish(author);
  await comment(reader.api, id, "Frist!");
  await comments.arrive(path, reader);
  await comments.act("Frist!", /^Edit/);
  const editor = comments.section.getByLabel("Change your comment");
  await expect(editor).toHaveValue("Frist!");
  await editor.fill("First!");
  await comments.section.getByRole("button", { name: "Save" }).click();
  await expect(comments.entry("First!")).toContainText("edited");
  await expect(comments.entry("First!").getByRole("button", { name: /^Edit/ })).toBeFocused();

  await comments.act("First!", /^Delete/);
  await expect(comments.entries).toHaveCount(0);
  await comments.toast("The comment is deleted").getByRole("button", { name: "Undo" }).click();
  await expect(comments.entry("First!")).toBeFocused();
  await comments.act("First!", /^Delete/);
  await comments.toast("The comment is deleted").getByRole("button", { name: "Dismiss" }).click();
  const listed = () => reader.api.listComments({ params: { postId: id } }).then(({ data }) => data.length);
  await expect.poll(listed).toBe(0);
});

test("a deletion that is not undone is sent when the page is left", async ({ author, reader, comments }) => {
  const { id, path } = await publish(author);
  await comment(reader.api, id, "To be forgotten");
  await comments.arrive(path, reader);
  await comments.act("To be forgotten", /^Delete/);
  await expect(comments.entries).toHaveCount(0);
  // Waits until the page has its session, as a real reader would have by then.
  await comments.page.waitForLoadState("networkidle");
  await comments.page.goto("/");
  const listed = () => reader.api.listComments({ params: { postId: id } }).then(({ data }) => data.length);
  await expect.poll(listed).toBe(0);
});

test.describe("below a moderated post", () => {
  test("a comment waits for the author, who approves it in the page", async ({ author, reader, comments, browser }) => {
    const { path } = await publish(author, { comments: "moderated" });
    await comments.arrive(path, reader);
    await comments.send("May I?");
    await expect(comments.entry("May I?")).toContainText("Waiting for the author's approval");
    // The pending comment is remembered in the browser, because the public list does not include it.
    await comments.open(path);
    await expect(comments.entry("May I?")).toContainText("Waiting for the author's approval");

    const desk = await openElsewhere(browser, author);
    await desk.open(path);
    await expect(desk.entry("May I?")).toContainText("Waiting for your approval");
    await desk.act("May I?", /^Approve/);
    await expect(desk.status).toHaveText("Approved: readers see it now.");
    await untilPageSays(path, "May I?", Date.now());
    await comments.open(path);
    await expect(comments.entry("May I?")).not.toContainText("Waiting");
  });

  test("the author hides a pending comment, which can be undone", async ({ author, reader, browser }) => {
    const { id, path } = await publish(author, { comments: "moderated" });
    const desk = await openElsewhere(browser, author);
    await comment(reader.api, id, "Buy this");
    await desk.open(path);
    await desk.act("Buy this", /^Hide/);
    await expect(desk.entries).toHaveCount(0);
    await desk.toast("hidden").getByRole("button", { name: "Undo" }).click();
    await expect(desk.entry("Buy this")).toContainText("Waiting for your approval");
    await desk.act("Buy this", /^Hide/);
    await desk.toast("hidden").getByRole("button", { name: "Dismiss" }).click();
    const waiting = () => author.api.listCommentsToReview().then(({ data }) => data.length);
    await expect.poll(waiting).toBe(0);
  });
});

test("a hidden comment with replies leaves only a placeholder", async ({ author, reader, comments, browser }) => {
  const { id, path } = await publish(author);
  const { id: parentId } = await comment(reader.api, id, "Shouting");
  await author.api.createComment({ params: { postId: id }, body: { body: "Please be kind", parentId } });
  await untilPageSays(path, "Please be kind", Date.now());
  const desk = await openElsewhere(browser, author);
  await desk.open(path);
  await desk.act("Shouting", /^Hide/);
  await expect(desk.entries.first()).toHaveText("This comment was removed.");
  await desk.toast("hidden").getByRole("button", { name: "Dismiss" }).click();
  await untilPageSays(path, "This comment was removed.", Date.now());
  await comments.page.goto(path);
  await expect(comments.entry("Please be kind")).toBeVisible();
  await expect(comments.section).not.toContainText("Shouting");
});

test("a blocked reader sees why a comment is refused, and keeps the text", async ({
  author,
  reader,
  comments,
  browser,
}) => {
  const { id, path } = await publish(author);
  await comment(reader.api, id, "Nasty words");
  // Waits for the page with the comment, so that no render started before the block can finish after it.
  await untilPageSays(path, "Nasty words", Date.now());
  const desk = await openElsewhere(browser, author);
  await desk.open(path);
  await desk.act("Nasty words", /^Block/);
  await desk.toast("is blocked").getByRole("button", { name: "Dismiss" }).click();
  const blocked = () => author.api.listBlockedReaders().then(({ data }) => data.map(({ name }) => name));
  await expect.poll(blocked).toEqual(["Rosa Quist"]);
  // Waits until the page no longer contains the hidden comment.
  const shown = async () => (await comments.page.request.get(path)).text();
  await expect.poll(shown).not.toContain("Nasty words");

  await comments.arrive(path, reader);
  await expect(comments.entries).toHaveCount(0);
  await comments.send("And more of them");
  await expect(comments.section.getByRole("alert")).toContainText("doesn’t accept comments from you");
  await expect(comments.text).toHaveValue("And more of them");
});

test("a rate-limited reader sees how long to wait, and keeps the text", async ({ author, reader, comments }) => {
  const { id, path } = await publish(author);
  await comments.arrive(path, reader);
  // The limit counts full minutes, so a new minute allows some more comments.
  const refused = async () => {
    for (let count = 0; count < 12; count += 1) {
      const failed = await comment(reader.api, id, `Number ${count}`).then(
        () => false,
        () => true,
      );
      if (failed) return true;
    }
    return false;
  };
  expect(await refused()).toBe(true);
  await comments.send("One more");
  await expect(comments.section.getByRole("alert")).toContainText(/Too many attempts.*second/);
  await expect(comments.text).toHaveValue("One more");
});

test("a reader without a name is asked for it in the form", async ({ author, reader, comments }) => {
  const { path } = await publish(author);
  await reader.api.updateMe({ body: { name: null } });
  await comments.arrive(path, reader);
  await comments.send("Who am I?");
  await expect(comments.section.getByLabel("Your name")).toBeFocused();
  await comments.section.getByLabel("Your name").fill("Ada");
  await comments.section.getByRole("button", { name: "Send" }).click();
  await expect(comments.entry("Who am I?")).toContainText("Ada");
});

test("closed comments are readable, without a link to sign in", async ({ author, comments }) => {
  const { id, path } = await publish(author);
  await comment(author.api, id, "The last word");
  await author.api.updatePost({ params: { postId: id }, body: { comments: "closed" } });
  await author.api.publishPost({ params: { postId: id }, body: {} });
  await untilPageSays(path, "Comments are closed.", Date.now());
  await comments.page.goto(path);
  await expect(comments.entry("The last word")).toBeVisible();
  await expect(comments.section.getByText("Comments are closed.")).toBeVisible();
  await expect(comments.section.getByRole("link", { name: "Sign in to comment" })).toHaveCount(0);
});
