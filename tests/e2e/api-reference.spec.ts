import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { operations } from "@daybook/core/api";
import { expectNoBarriers } from "./accessibility.ts";
import { expect, readCode, test } from "./fixtures.ts";

test("the landing page links to the reference, which shows every operation", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  const contents = page.getByRole("navigation", { name: "Contents" });
  const entries = await contents
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("href")]));
  // Reads all sections at once. Finding each by its name takes Playwright half a second in a page of this size.
  const sections = await page
    .getByRole("article")
    .evaluateAll((articles) =>
      articles.flatMap((article) => (article.checkVisibility() ? (article.textContent ?? "") : [])),
    );
  for (const { id, method, path } of Object.values(operations)) {
    expect(entries).toContainEqual([id, `#${id}`]);
    expect(sections).toContainEqual(expect.stringContaining(`${id}${method}${path}`));
  }
  const anchors = await page
    .getByRole("main")
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const ids = new Set(await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => `#${id}`)));
  expect(anchors.filter((href) => href?.startsWith("#") && !ids.has(href))).toEqual([]);
});

test("an operation has its own URL, and its example can be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs/api#createTodo");
  const section = page.getByRole("article", { name: "createTodo", exact: true });
  await expect(section.getByRole("heading", { name: "createTodo" })).toBeInViewport();
  const example = section.getByRole("figure").filter({ hasText: "On your laptop" });
  await example.getByRole("button", { name: "Copy" }).click();
  await expect(example.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl "\$DAYBOOK_URL\/v1\/lists/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the reference is readable, and shows no buttons", async ({ page }) => {
    await page.goto("/docs/api");
    await expect(page.getByRole("article", { name: "deleteTodo", exact: true })).toBeVisible();
    await expect(page.getByRole("button")).toHaveCount(0);
  });
});

test("the reference links to the OpenAPI document", async ({ page }) => {
  await page.goto("/docs/api");
  const href = await page.getByRole("link", { name: "OpenAPI 3.1" }).getAttribute("href");
  const response = await page.request.get(href ?? "");
  expect(await response.json()).toMatchObject({ openapi: "3.1.0" });
});

test("the examples work in a shell, one after the other", async ({ page, mailbox, baseURL }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "daybook-shell-"));
  // Makes each error response end the script.
  await writeFile(path.join(folder, ".curlrc"), "fail\nsilent\nshow-error\n");
  await page.goto("/docs/api");
  const exampleOf = async (name: string, title = "On your laptop") => {
    const section = name === "" ? page.getByRole("main") : page.getByRole("article", { name, exact: true });
    return (await section.getByRole("figure").filter({ hasText: title }).locator("code").textContent()) ?? "";
  };
  const shell = async (...commands: string[]) => {
    const env = { PATH: process.env.PATH, CURL_HOME: folder, DAYBOOK_URL: baseURL };
    const script = ["set -eo pipefail", ...commands].join("\n");
    const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd: folder, env });
    return stdout;
  };
  try {
    await shell(await exampleOf("signUp"));
    await expect.poll(() => readCode(page, mailbox, "ada@example.com")).toMatch(/^\d{6}$/);
    const code = await readCode(page, mailbox, "ada@example.com");
    await shell((await exampleOf("confirmAccount")).replace(/("code":")\d+/, `$1${code}`));
    const signIn = (await exampleOf("", "Sign in from a shell")).replace(/^source .*$/m, "");
    const todoId = `TODO_ID=$(curl "$DAYBOOK_URL/v1/lists/$LIST_ID/todos" -H "authorization: Bearer $TOKEN" |
      sed 's/^[^}]*"id":"\\([^"]*\\)".*/\\1/')`;
    const inOrder = ["getMe", "listLists", "createTodo", "listTodos", "getTodo", "updateTodo", "deleteTodo"];
    const examples = await Promise.all(inOrder.map((id) => exampleOf(id)));
    const said = await shell(signIn, ...examples.slice(0, 4), todoId, ...examples.slice(4));
    expect(said).toContain('"title":"Buy milk"');
    await shell(signIn, await exampleOf("refreshSession"), await exampleOf("deleteSession"));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the reference is accessible, has a strict policy and fits a small phone", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  await page.setViewportSize({ width: 360, height: 740 });
  const response = await page.goto("/docs/api");
  const policy = response?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
  await page.waitForLoadState("networkidle");
  await expectNoBarriers(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect([...new Set(asked)]).toEqual([new URL(page.url()).origin]);
});
