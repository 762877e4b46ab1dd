import type { Page } from "@playwright/test";
import { enter, expect, newPerson, test } from "../fixtures.ts";
import { newHandle, WritingPage } from "../writing/writing-page.ts";

/** Calls the API as the user who is signed in on the page. @returns the status */
async function ask(page: Page, method: "PATCH" | "POST", path: string, data: object): Promise<number> {
  const { origin } = new URL(page.url());
  const renewal = await page.request.post("/v1/session/refresh", { headers: { origin } });
  const { accessToken } = await renewal.json();
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": type };
  const response = await page.request.fetch(path, { method, headers, data });
  return response.status();
}

test("the author approves, hides and blocks pending comments at the writing desk", async ({
  page,
  browser,
  baseURL,
  mailbox,
  person,
}) => {
  test.slow();
  await enter(page, mailbox, person);
  const desk = new WritingPage(page);
  await desk.begin();
  await desk.write({ title: "Moderated", text: "Say something." });
  await desk.open();
  await desk.introduce(newHandle());
  await desk.dialog.getByLabel("Comments").selectOption("moderated");
  await desk.dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.toast("Your post is published.")).toBeVisible();
  const path = `/v1/posts/${new URL(page.url()).searchParams.get("post")}/comments`;

  const reader = await (await browser.newContext({ ...(baseURL && { baseURL }) })).newPage();
  await enter(reader, mailbox, newPerson());
  expect(await ask(reader, "PATCH", "/v1/me", { name: "Ruth" })).toBe(200);
  for (const body of ["One", "Two", "Three"]) expect(await ask(reader, "POST", path, { body })).toBe(201);

  await page.goto("/write");
  const section = page.getByRole("navigation", { name: "Writing desk" }).getByRole("link", { name: /Comments/ });
  await expect(section).toHaveText("Comments3");
  await section.click();
  const comments = page.getByRole("list", { name: "To review" }).getByTestId("comment");
  await expect(comments).toHaveCount(3);
  await expect(comments.first()).toContainText("Ruth on Moderated");

  await comments.filter({ hasText: "One" }).getByRole("button", { name: "Approve" }).click();
  await expect(desk.toast("Approved: readers see it now.")).toBeVisible();
  const latest = page.getByRole("list", { name: "Latest comments" }).getByTestId("comment");
  await expect(latest).toHaveCount(1);
  await expect(latest).toContainText("One");
  await comments.filter({ hasText: "Two" }).getByRole("button", { name: "Hide" }).click();
  await expect(comments).toHaveCount(1);
  await desk.toast("Hidden from readers.").getByRole("button", { name: "Undo" }).click();
  await expect(comments).toHaveCount(2);

  await comments.filter({ hasText: "Three" }).getByRole("button", { name: "Block…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block Ruth" }).click();
  await expect(desk.toast("Ruth is blocked.")).toBeVisible();
  // Blocking hides this comment only.
  await expect(comments).toHaveCount(1);
  await expect(comments).toContainText("Two");
  await expect.poll(() => ask(reader, "POST", path, { body: "Four" })).toBe(403);
  await page.getByRole("button", { name: "Unblock Ruth" }).click();
  await expect(desk.toast("Ruth may comment again.")).toBeVisible();
  expect(await ask(reader, "POST", path, { body: "Five" })).toBe(201);
});
