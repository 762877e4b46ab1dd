import type { Page, Route } from "@playwright/test";
import { comment, publish, signIn, test } from "./comments-page.ts";
import { expect } from "./fixtures.ts";

const waiting = "Not sent yet";

/** Lets a fault happen to the first requests that create a comment. */
async function fault(page: Page, times: number, happen: (route: Route) => Promise<void>): Promise<void> {
  let left = times;
  await page.route("**/v1/posts/*/comments", async (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.fallback();
    left -= 1;
    await happen(route);
  });
}

test("what is typed survives a reload, and signing out by the end of the session", async ({
  author,
  reader,
  comments,
  context,
}) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await comments.text.fill("Half a thou");
  await comments.page.reload();
  await comments.section.scrollIntoViewIfNeeded();
  await expect(comments.text).toHaveValue("Half a thou");

  await context.clearCookies();
  await comments.page.goto(path);
  await comments.section.getByRole("link", { name: "Sign in to comment" }).click();
  await signIn(comments.page, reader);
  await comments.page.waitForURL((url) => url.pathname === path);
  await expect(comments.text).toHaveValue("Half a thou");
});

test("what somebody has typed is not shown to the next, and goes when they sign out", async ({
  author,
  reader,
  comments,
  context,
}) => {
  const { path } = await publish(author);
  await comments.arrive(path, reader);
  await comments.text.fill("For my eyes");
  await context.clearCookies();
  await comments.page.goto(path);
  await comments.section.getByRole("link", { name: "Sign in to comment" }).click();
  await signIn(comments.page, author);
  await comments.page.waitForURL((url) => url.pathname === path);
  await expect(comments.text).toHaveValue("");
});

test("without a network a comment waits, and is sent as soon as there is one", async ({
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
  await expect(comments.status).toContainText("could not be sent yet");
  await context.setOffline(false);
  await expect(comments.entry("From the tunnel").getByRole("button", { name: "Edit your comment" })).toBeVisible();
  await expect(comments.entries).toHaveCount(1);
});

test("an answer that gets lost makes no second comment, whoever tries again and when", async ({
  author,
  reader,
  comments,
}) => {
  const { id, path } = await publish(author);
  await comments.arrive(path, reader);
  await fault(comments.page, 2, async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await comments.send("Once and only once");
  await expect(comments.entry("Once and only once")).toContainText(waiting);
  // The page goes while it does not know.
  await comments.page.reload();
  await comments.section.scrollIntoViewIfNeeded();
  await expect(comments.entry("Once and only once").getByRole("button", { name: "Edit your comment" })).toBeVisible();
  expect((await reader.api.listComments({ params: { postId: id } })).data).toHaveLength(1);
});

test("a comment that waits can be taken back and changed", async ({ author, reader, comments }) => {
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

test("a change of what was changed elsewhere asks first, and keeps both", async ({ author, reader, comments }) => {
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
