import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "@playwright/test";
import { browserOptions } from "../tests/e2e/browser.ts";
import { root } from "./lib/command.ts";
import { run, step } from "./lib/terminal.ts";
import { covers } from "./pictures/covers.ts";
import { figures } from "./pictures/figures.ts";
import { style } from "./pictures/ink.ts";

// Draws the pictures of the demo blog in the product's colors and fonts. It uses a browser, which has the fonts on
// every machine.

const folder = "scripts/seed/posts/pictures";

await run(async () => {
  const browser = await chromium.launch(await browserOptions());
  try {
    // Sharp on most screens, and small enough to create variants quickly.
    const page = await browser.newPage({ colorScheme: "light", deviceScaleFactor: 1.5 });
    await mkdir(path.join(root, folder), { recursive: true });
    for (const [name, { width, height, svg }] of Object.entries({ ...covers, ...figures })) {
      await step(`${folder}/${name}.png`, async () => {
        await page.setViewportSize({ width, height });
        const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
        await page.setContent(`<!doctype html><style>${style}</style>${drawing}`);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: path.join(root, folder, `${name}.png`) });
      });
    }
  } finally {
    await browser.close();
  }
});
