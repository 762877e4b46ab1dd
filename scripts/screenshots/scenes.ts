import type { Page } from "@playwright/test";
import { errors } from "../../packages/web/copy/errors.ts";
import { demoAccount } from "../lib/demo.ts";
import { demoLists } from "../seed/demo-lists.ts";
import { demoBlogScenes, openBlogScenes } from "./blog-scenes.ts";
import { headingOf, type Scene } from "./scene.ts";

/** Fills in the email address if the page has a field for it. */
const typeAddress = async (page: Page) => {
  const email = page.getByRole("textbox", { name: "Email" });
  if (await email.isVisible()) await email.fill("maya@example.com");
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
  ...openBlogScenes,
];

/** Scenes of a new account. */
export const emptyScenes: readonly Scene[] = [{ name: "todos-empty", path: "/todos" }];

const [first = "", second = ""] = (demoLists.Inbox ?? []).map(({ title }) => title);
const checkbox = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

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
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Password", { exact: true }).fill(demoAccount.password);
      await dialog.getByRole("button", { name: "Continue" }).click();
      await dialog.getByRole("img").waitFor();
    },
  },
  ...demoBlogScenes,
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
