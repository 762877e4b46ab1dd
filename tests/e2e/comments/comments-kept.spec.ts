import type { Page, Route } from "@playwright/test";
import { expect, revokeSession } from "../fixtures.ts";
import { comment, publish, signIn, test } from "./comments-page.ts";

const waiting = "Not sent yet";

/** Makes the first requests that create a comment fail. */
async function fault(page: Page, times: number, happen: (route: Route) => Promise<void>): Promise<void> {
  let left = times;
  await page.route("**/v1/posts/*/comments", async (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.fallback();
    left -= 1;
    await happen(route);
  });
}

test("a draft survives a reload and the end of the session", async ({ author, reader, comments }) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await comments.text.fill("Half a thou");
  await comments.page.reload();
  await comments.section.scrollIntoViewIfNeeded();
  await expect(comments.text).toHaveValue("Half a thou");

  await revokeSession(comments.page);
  await comments.page.goto(path);
  await comments.section.getByRole("link", { name: "Sign in to comment" }).click();
  await signIn(comments.page, reader);
  await comments.page.waitForURL((url) => url.pathname === path);
  await expect(comments.text).toHaveValue("Half a thou");
});

test("a draft is not shown to another user, and is deleted on sign-out", async ({ author, reader, comments }) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await comments.text.fill("For my eyes");
  await revokeSession(comments.page);
  await comments.page.goto(path);
  await comments.section.getByRole("link", { name: "Sign in to comment" }).click();
  await signIn(comments.page, author);
  await comments.page.waitForURL((url) => url.pathname === path);
  await expect(comments.text).toHaveValue("");
});

test("a comment written without a network is sent when the network is back", async ({
  author,
  reader,
  comments,
  context,
}) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await context.setOffline(true);
  await comments.send("From the tunnel");
  await expect(comments.entry("From the tunnel")).toContainText(waiting);
  await expect(comments.status).toContainText("couldn’t send your comment yet");
  await context.setOffline(false);
  await expect(comments.entry("From the tunnel").getByRole("button", { name: "Edit your comment" })).toBeVisible();
  await expect(comments.entries).toHaveCount(1);
});

test("a lost response creates no second comment, even after a reload", async ({ author, reader, comments }) => {
  const { id, path } = await publish(author);
  await comments.arrive(path, reader);
  await fault(comments.page, 2, async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await comments.send("Once and only once");
  await expect(comments.entry("Once and only once")).toContainText(waiting);
  // Reloads before the page knows the outcome.
  await comments.page.reload();
  await comments.section.scrollIntoViewIfNeeded();
  await expect(comments.entry("Once and only once").getByRole("button", { name: "Edit your comment" })).toBeVisible();
  expect((await reader.api.listComments({ params: { postId: id } })).data).toHaveLength(1);
  // A retry from before the reload can still be in flight. Its failure would count as one of the next test.
  await comments.page.unrouteAll({ behavior: "wait" });
});

test("a pending comment can be withdrawn and changed", async ({ author, reader, comments }) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await fault(comments.page, 1, (route) => route.fulfill({ status: 503, json: { message: "Service Unavailable" } }));
  await comments.send("Not quite right");
  await comments.entry("Not quite right").getByRole("button", { name: "Change it" }).click();
  await expect(comments.text).toHaveValue("Not quite right");
  await comments.send("Quite right");
  await expect(comments.entry("Quite right").getByRole("button", { name: "Edit your comment" })).toBeVisible();
  await expect(comments.entries).toHaveCount(1);
});

test("an edit of a comment that was changed elsewhere asks first, and keeps both texts", async ({
  author,
  reader,
  comments,
}) => {
  const { id, path } = await publish(author);
  const { id: commentId } = await comment(reader.api, id, "Version one");
  await comments.arrive(path, reader);
  await comments.act("Version one", /^Edit/);
  await reader.api.updateComment({ params: { postId: id, commentId }, body: { body: "Version two" } });
  const editor = comments.section.getByLabel("Change your comment");
  await editor.fill("Version three");
  await comments.section.getByRole("button", { name: "Save" }).click();
  await expect(comments.section.getByRole("alert")).toContainText("changed elsewhere");
  await expect(editor).toHaveValue("Version three");
  await comments.section.getByRole("button", { name: "Save" }).click();
  await expect(comments.entry("Version three")).toContainText("edited");
});
