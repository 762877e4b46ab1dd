import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import { startTestCloud } from "../tests/cloud.ts";
import { browserOptions } from "../tests/e2e/browser.ts";
import { newPerson, signUp } from "../tests/e2e/fixtures.ts";
import { root } from "./lib/command.ts";
import { run, step } from "./lib/terminal.ts";

const folder = path.join(root, ".build/screenshots");
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const todos = [
  "Water the tomatoes",
  "Return the library books",
  "Call Ada about Saturday",
  "Buy oat milk, if there is some",
];

async function addTodos(page: Page): Promise<void> {
  const input = page.getByPlaceholder("What needs to be done?");
  for (const title of todos) {
    await input.fill(title);
    await input.press("Enter");
  }
  await page.getByRole("checkbox", { name: "Return the library books" }).check();
  await page.getByRole("button", { name: "Sign out" }).and(page.locator(":enabled")).waitFor();
}

/** Every page at both sizes and in both themes. */
async function shoot(page: Page, pages: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, url] of Object.entries(pages)) {
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ["light", "dark"] as const) {
        // The page is loaded anew each time: one whose colours change under it is caught in between.
        await page.goto("about:blank");
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await page.goto(url);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: path.join(folder, `${name}-${size}-${colorScheme}.png`) });
      }
    }
  }
}

await run(async () => {
  const cloud = await step("Starting a local cloud", () => startTestCloud());
  const { launchOptions, ...browser } = await browserOptions();
  const instance = await chromium.launch({ ...launchOptions, ...browser });
  try {
    const { DAYBOOK_URL = "", DAYBOOK_MAIL_URL = "" } = cloud.env;
    const page = await instance.newPage({ baseURL: DAYBOOK_URL, reducedMotion: "reduce" });
    await step("Pages for everyone", () =>
      shoot(page, { home: "/", "sign-up": "/sign-up", "sign-in": "/sign-in", confirm: "/confirm", missing: "/none" }),
    );
    await step("API reference", () => shoot(page, { api: "/docs/api", "api-operation": "/docs/api#createTodo" }));
    await signUp(page, DAYBOOK_MAIL_URL, { ...newPerson(), email: "ada@example.com" });
    await step("Empty inbox", () => shoot(page, { empty: "/todos" }));
    await addTodos(page);
    await step("Todos and mailbox", () => shoot(page, { todos: "/todos", mailbox: DAYBOOK_MAIL_URL }));
    await mkdir(path.join(root, "docs/screenshots"), { recursive: true });
    await copyFile(path.join(folder, "todos-wide-light.png"), path.join(root, "docs/screenshots/todos.png"));
  } finally {
    await instance.close();
    await cloud.remove();
  }
});
