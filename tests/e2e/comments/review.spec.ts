import type { Client } from "@daybook/core/client";
import type { PostId } from "@daybook/core/ids";
import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import type { Author } from "../reading/author.ts";
import { WritingPage } from "../writing/writing-page.ts";
import { comment, publish, test } from "./comments-page.ts";

/** Publishes a moderated post with comments of Ruth, and opens the writing desk as its author. */
async function openDesk(page: Page, author: Author, ruth: Client, ...texts: readonly string[]): Promise<PostId> {
  await ruth.updateMe({ body: { name: "Ruth" } });
  const { id } = await publish(author, { title: "Moderated", comments: "moderated" });
  for (const text of texts) await comment(ruth, id, text);
  const { email, password } = author;
  await expect(await page.request.post("/v1/session", { data: { email, password } })).toBeOK();
  await page.goto("/write");
  const section = page.getByRole("navigation", { name: "Writing desk" }).getByRole("link", { name: /Comments/ });
  await expect(section).toHaveText(`Comments${texts.length}`);
  await section.click();
  await expect(toReview(page)).toHaveCount(texts.length);
  return id;
}

const toReview = (page: Page) => page.getByRole("list", { name: "To review" }).getByTestId("comment");

test("the author approves and hides pending comments at the writing desk", async ({ page, author, reader }) => {
  await openDesk(page, author, reader.api, "One", "Two");
  const comments = toReview(page);
  const desk = new WritingPage(page);
  await expect(comments.first()).toContainText("Ruth on Moderated");

  await comments.filter({ hasText: "One" }).getByRole("button", { name: "Approve" }).click();
  await expect(desk.toast("Approved: readers see it now.")).toBeVisible();
  const latest = page.getByRole("list", { name: "Latest comments" }).getByTestId("comment");
  await expect(latest).toHaveCount(1);
  await expect(latest).toContainText("One");

  await comments.filter({ hasText: "Two" }).getByRole("button", { name: "Hide" }).click();
  await expect(comments).toHaveCount(0);
  await desk.toast("Hidden from readers.").getByRole("button", { name: "Undo" }).click();
  await expect(comments).toHaveCount(1);
});

test("the author blocks a reader at the writing desk, and unblocks them", async ({ page, author, reader }) => {
  const id = await openDesk(page, author, reader.api, "One", "Two");
  const comments = toReview(page);
  const desk = new WritingPage(page);
  await comments.filter({ hasText: "Two" }).getByRole("button", { name: "Block…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block Ruth" }).click();
  await expect(desk.toast("Ruth is blocked.")).toBeVisible();
  // Blocking hides this comment only.
  await expect(comments).toHaveCount(1);
  await expect(comments).toContainText("One");
  await expect(comment(reader.api, id, "Three")).rejects.toThrow(/comment/i);
  await page.getByRole("button", { name: "Unblock Ruth" }).click();
  await expect(desk.toast("Ruth may comment again.")).toBeVisible();
  await comment(reader.api, id, "Four");
});
