import type { Page } from "@playwright/test";
import { errors } from "../../packages/web/copy/errors.ts";
import { demoBlog } from "../lib/pages.ts";
import { demoLists } from "../seed/demo-lists.ts";

/** Screen width of a scene. */
export type Size = "wide" | "phone";

/** A state of the product to take a picture of. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Actions that lead from the loaded page to the pictured state. */
  readonly act?: (page: Page) => Promise<void>;
  /** Restores the state from before `act`. */
  readonly undo?: (page: Page) => Promise<void>;
  /** Runs before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Whether to take the whole page instead of its first screen. */
  readonly whole?: boolean;
  /** Takes the picture only at this width. Both widths by default. */
  readonly only?: Size;
}

/** Fills in the email address if the page has a field for it. */
const typeAddress = async (page: Page) => {
  const email = page.getByRole("textbox", { name: "Email" });
  if (await email.isVisible()) await email.fill("maya@example.com");
};

const headingOf = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** Pictures further down load when they are scrolled near the viewport. */
const scrollThrough = async (page: Page) => {
  for (const picture of await page.locator("main img").all()) await picture.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
};

/** Scenes without an account. */
export const openScenes: readonly Scene[] = [
  { name: "landing", path: "/", whole: true },
  { name: "design", path: "/design", whole: true },
  { name: "sign-up", path: "/sign-up" },
  { name: "confirm", path: "/confirm" },
  { name: "sign-in", path: "/sign-in", act: typeAddress },
  { name: "forgot", path: "/forgot", act: typeAddress },
  { name: "reset", path: "/reset" },
  { name: "api", path: "/docs/api" },
  { name: "api-operation", path: "/docs/api#createTodo" },
  { name: "missing", path: "/none" },
  { name: "blog", path: "/blog", whole: true },
  { name: "author", path: demoBlog.author, whole: true },
  { name: "post", path: demoBlog.post },
  { name: "post-whole", path: demoBlog.post, act: scrollThrough, whole: true },
  { name: "comments", path: demoBlog.post, act: (page) => headingOf(page, "Comments").scrollIntoViewIfNeeded() },
  { name: "tag", path: demoBlog.tag },
  { name: "archive", path: "/archive" },
];

/** Scenes of a new account. */
export const emptyScenes: readonly Scene[] = [{ name: "todos-empty", path: "/todos" }];

const [first = "", second = ""] = (demoLists.Inbox ?? []).map(({ title }) => title);
const checkbox = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

/** Opens the draft from the list of posts. */
const openDraft = async (page: Page) => {
  await page.getByRole("link", { name: demoBlog.draft }).click();
  await page.locator(".cm-content").waitFor();
  const preview = page.getByTestId("preview");
  // A phone shows either the editor or the preview.
  if (await preview.isVisible()) await preview.getByText("To be continued").waitFor();
};

/** Scenes of the demo account. */
export const demoScenes: readonly Scene[] = [
  { name: "todos", path: "/todos" },
  { name: "todos-completed", path: "/todos?show=completed" },
  {
    name: "todos-editing",
    path: "/todos",
    act: (page) => page.getByTestId("todo-title").filter({ hasText: second }).dblclick(),
    undo: (page) => page.keyboard.press("Escape"),
  },
  {
    name: "todos-offline",
    path: "/todos",
    async act(page) {
      await page.context().setOffline(true);
      await checkbox(page, first).check();
    },
    async undo(page) {
      await checkbox(page, first).uncheck();
      await page.context().setOffline(false);
    },
  },
  {
    name: "lists",
    path: "/todos",
    only: "phone",
    act: async (page) => {
      await page.getByRole("button", { name: /^open the menu/i }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "account", path: "/account", whole: true },
  {
    name: "second-factor",
    path: "/account",
    act: async (page) => {
      await page.getByRole("button", { name: "Turn on…" }).click();
      await page.getByRole("dialog").getByRole("img").waitFor();
    },
  },
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
  {
    name: "error",
    path: "/todos",
    // In a browser without date formatting, the page cannot render and shows its error state.
    prepare: async (page) => {
      await page.addInitScript(() => Reflect.deleteProperty(Intl, "DateTimeFormat"));
    },
    act: (page) => headingOf(page, errors.page.title).waitFor(),
  },
];
