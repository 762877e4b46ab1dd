import * as brand from "@daybook/core/brand";
import type { Page } from "@playwright/test";
import { blog } from "../../packages/web/copy/landing.blog.ts";
import { landing } from "../../packages/web/copy/landing.ts";
import { expectNoBarriers } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";

const sample = (page: Page) => page.getByRole("region", { name: landing.sample.label });

test("the first screen presents the product and links to sign-up", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: brand.tagline })).toBeInViewport();
  await expect(sample(page)).toBeInViewport({ ratio: 1 });
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  await main.getByRole("link", { name: "Sign up" }).click();
  await expect(page).toHaveURL(/\/sign-up$/);
});

test("the developer section shows the commands and the architecture", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await page.getByRole("link", { name: "For developers" }).click();
  await expect(page.getByRole("heading", { name: "One description, two clouds" })).toBeInViewport();
  for (const command of ["npm start", "npx sst deploy"]) await expect(page.getByText(command)).toBeVisible();
  await expect(page.getByRole("main").locator("svg").filter({ hasText: "CloudFront" })).toBeVisible();
});

// #region blog
test("the header, the middle and the footer link to the blog", async ({ page }) => {
  await page.goto("/");
  for (const place of ["banner", "contentinfo"] as const)
    await expect(page.getByRole(place).getByRole("link", { name: "Blog" })).toHaveAttribute("href", "/blog");
  const section = page.getByRole("region", { name: blog.title });
  await expect(section.getByRole("region", { name: blog.sample.label })).toBeVisible();
  await expect(section.getByRole("link", { name: blog.write })).toHaveAttribute("href", "/write");
  await section.getByRole("link", { name: blog.read }).click();
  await expect(page).toHaveURL(/\/blog$/);
});

test("pages do not prefetch the blog", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ["/", "/sign-up", "/docs/api"]) {
    await page.goto(path);
    await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle");
  }
  expect(asked).not.toContain("/blog");
});
// #endregion blog

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the sample list can be completed, and strikes titles through", async ({ page }) => {
    await page.goto("/");
    const todo = sample(page).getByRole("checkbox", { name: "Call Grandma back" });
    await expect(todo).not.toBeChecked();
    await todo.check();
    await expect(sample(page).getByText("Call Grandma back")).toHaveCSS("background-size", "100% 1.5px");
    // The theme choice is hidden, because it needs JavaScript.
    await expect(page.getByRole("radio")).toHaveCount(0);
  });
});

for (const [width, height] of [
  [360, 740],
  [1440, 900],
] as const) {
  test(`the page is accessible and fits at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoBarriers(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test("the page sends requests only to its own host, and has no layout shift", async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shifts: Reflect.get(window, "shifts") + Reflect.get(entry, "value") });
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/", { waitUntil: "networkidle" });
  expect([...hosts]).toEqual([new URL(baseURL ?? "").host]);
  expect(await page.evaluate(() => Reflect.get(window, "shifts"))).toBeLessThan(0.02);
});

test("an unknown page shows a 404 page that links to the start", async ({ page }) => {
  const response = await page.goto("/nowhere");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "There is nothing here" })).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole("link", { name: "Go to the home page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: brand.tagline })).toBeVisible();
});

test("the manifest and the icons for installation are available", async ({ page }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await (await page.request.get(href ?? "")).json();
  expect(manifest).toMatchObject({ name: brand.name, start_url: "/todos", display: "standalone" });
  const icons = [...manifest.icons.map(({ src }: { src: string }) => src), "/icon.svg"];
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  for (const src of [...icons, apple ?? ""]) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"]).toMatch(/^image\//);
  }
});
