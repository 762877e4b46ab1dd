import type { Page } from "@playwright/test";
import { errors } from "../../packages/web/copy/errors.ts";
import { demoBlog } from "../lib/pages.ts";
import { demoLists } from "../seed/demo-lists.ts";

/** The width of a screen for which a scene is shown. */
export type Size = "wide" | "phone";

/** Something worth a picture. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Leads from the loaded page to what is shown. */
  readonly act?: (page: Page) => Promise<void>;
  /** Leaves everything as it was. */
  readonly undo?: (page: Page) => Promise<void>;
  /** Before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** The whole page instead of its first screen. */
  readonly whole?: boolean;
  /** Only at this width; at both, if nothing is said. */
  readonly only?: Size;
}

/** Where an address is asked for, it is this one. */
const typeAddress = async (page: Page) => {
  const email = page.getByRole("textbox", { name: "Email" });
  if (await email.isVisible()) await email.fill("maya@example.com");
};

const headingOf = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** Pictures further down are loaded when a reader comes near. */
const scrollThrough = async (page: Page) => {
  for (const picture of await page.locator("main img").all()) await picture.scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
};

/** What anybody can see. */
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

/** What somebody sees who has only just signed up. */
export const emptyScenes: readonly Scene[] = [{ name: "todos-empty", path: "/todos" }];

const [first = "", second = ""] = (demoLists.Inbox ?? []).map(({ title }) => title);
const checkbox = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

/** From the desk to the draft that lies on it. */
const openDraft = async (page: Page) => {
  await page.getByRole("link", { name: demoBlog.draft }).click();
  await page.locator(".cm-content").waitFor();
  const preview = page.getByTestId("preview");
  // A phone shows one or the other.
  if (await preview.isVisible()) await preview.getByText("To be continued").waitFor();
};

/** What the demo account sees. */
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
    // A browser that knows no dates: the page cannot be shown, and says so.
    prepare: async (page) => {
      await page.addInitScript(() => Reflect.deleteProperty(Intl, "DateTimeFormat"));
    },
    act: (page) => headingOf(page, errors.page.title).waitFor(),
  },
];
