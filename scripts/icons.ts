import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as brand from "@daybook/core/brand";
import { chromium, type Page } from "@playwright/test";
import { browserOptions } from "../tests/e2e/browser.ts";
import { root } from "./lib/command.ts";
import { iconSvg } from "./lib/mark.ts";

// Draws the icons for browsers, phones and social networks from the mark, the palette and the name.

const web = path.join(root, "packages/web");
const mark = iconSvg();
writeFileSync(path.join(web, "public/icon.svg"), mark);
const [palette = ""] = readFileSync(path.join(web, "app/tokens.css"), "utf8").split("@theme");
const serif = readFileSync(
  path.join(root, "node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2"),
).toString("base64");

const style = `
  ${palette}
  @font-face { font-family: serif-of-ours; src: url(data:font/woff2;base64,${serif}); font-weight: 200 800 }
  body { margin: 0; display: grid; align-content: center; height: 100vh; background: var(--paper); color: var(--ink) }
  svg { display: block }
  .icon { justify-content: center }
  .icon svg { width: 78vw }
  /* A phone cuts its own shape out of a maskable icon. It keeps what is within 40 % of the width from the centre. */
  .maskable svg { width: 52vw }
  .card { padding: 0 96px 0 208px; font-family: serif-of-ours; box-sizing: border-box }
  .card { background: linear-gradient(var(--margin), var(--margin)) 144px 0 / 2px 100% no-repeat,
    repeating-linear-gradient(transparent 0 68px, var(--rule) 68px 69px) 0 -33px, var(--paper) }
  .card svg { width: 96px; margin-left: -8px }
  h1 { margin: 24px 0 12px; font-size: 96px; font-weight: 500; line-height: 1; letter-spacing: -0.02em }
  p { margin: 0; font-size: 40px; color: var(--muted) }`;

async function draw(page: Page, file: string, size: { width: number; height: number }, body: string) {
  await page.setViewportSize(size);
  await page.setContent(`<!doctype html><style>${style}</style>${body}`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(web, file) });
  console.log(`packages/web/${file}`);
}

const browser = await chromium.launch(await browserOptions());
const page = await browser.newPage({ colorScheme: "light" });
const icon = `<body class="icon">${mark}`;
await draw(page, "public/apple-touch-icon.png", { width: 180, height: 180 }, icon);
await draw(page, "public/icon-192.png", { width: 192, height: 192 }, icon);
await draw(page, "public/icon-512.png", { width: 512, height: 512 }, icon);
await draw(page, "public/icon-maskable-512.png", { width: 512, height: 512 }, `<body class="icon maskable">${mark}`);
const card = `<body class="card">${mark}<h1>${brand.name}</h1><p>${brand.tagline}</p>`;
await draw(page, "app/opengraph-image.png", { width: 1200, height: 630 }, card);
await browser.close();
