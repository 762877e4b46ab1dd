import type { Page } from "@playwright/test";
import { demoBlog } from "../lib/blog-pages.ts";
import { headingOf, type Scene } from "./scene.ts";

/** Scenes of the blog in the README. */
export const keptOfBlog = ["post"];

/** Pictures further down load when they are scrolled near the viewport. */
const scrollThrough = async (page: Page) => {
  for (const picture of await page.locator("main img").all()) await picture.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
};

/** Scenes of the blog without an account. */
export const openBlogScenes: readonly Scene[] = [
  { name: "blog", path: "/blog", whole: true },
  { name: "author", path: demoBlog.author, whole: true },
  { name: "post", path: demoBlog.post },
  { name: "post-whole", path: demoBlog.post, act: scrollThrough, whole: true },
  { name: "comments", path: demoBlog.post, act: (page) => headingOf(page, "Comments").scrollIntoViewIfNeeded() },
  { name: "tag", path: demoBlog.tag },
  { name: "archive", path: "/archive" },
];

/** Opens the draft from the list of posts. */
const openDraft = async (page: Page) => {
  await page.getByRole("link", { name: demoBlog.draft }).click();
  await page.locator(".cm-content").waitFor();
  const preview = page.getByTestId("preview");
  // A phone shows either the editor or the preview.
  if (await preview.isVisible()) await preview.getByText("To be continued").waitFor();
};

/** Scenes of the blog with the demo account. */
export const demoBlogScenes: readonly Scene[] = [
  { name: "desk", path: "/write", act: (page) => page.getByRole("link", { name: demoBlog.draft }).waitFor() },
  { name: "editor", path: "/write", act: openDraft },
  {
    name: "publish",
    path: "/write",
    act: async (page) => {
      await openDraft(page);
      await page.getByRole("button", { name: /^Publish/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "comments-signed-in",
    path: demoBlog.post,
    act: async (page) => {
      await headingOf(page, "Comments").scrollIntoViewIfNeeded();
      await page
        .getByRole("button", { name: /^Reply to/ })
        .first()
        .scrollIntoViewIfNeeded();
    },
  },
];
