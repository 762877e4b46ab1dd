import { defineConfig } from "@playwright/test";
import { browserOptions } from "./tests/e2e/browser.ts";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/cloud.setup.ts",
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: "test-results",
  reporter: "list",
  // No traces and screenshots: traces take a third of a run, and a screenshot of failures is taken after each test,
  // even if it passes. Use `--trace on` for a single test.
  // Service workers would hide requests from the routes of a test. Only `tests/e2e/offline` allows them.
  use: { launchOptions: await browserOptions(), serviceWorkers: "block" },
});
