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
  // A trace records the whole page at every step, which is a third of the time of a run: `--trace on` for a test that needs one.
  // Without service workers every request of a page reaches its test's routes and counts; `tests/e2e/offline` allows them.
  use: { launchOptions: await browserOptions(), screenshot: "only-on-failure", serviceWorkers: "block" },
});
