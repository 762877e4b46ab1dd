import type { LaunchOptions } from "@playwright/test";

/** A headless browser in a closed network must not try to reach its maker: each attempt costs time. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/**
 * The browser that tests and screenshots use: on Linux x64 the Chromium that comes with the npm packages, so that nothing has to be
 * installed; elsewhere an installed Chrome.
 */
export async function browserOptions(): Promise<{ channel?: string; launchOptions: LaunchOptions }> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { channel: "chrome", launchOptions: { args: quiet } };
  const { default: chromium } = await import("@sparticuz/chromium");
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    launchOptions: {
      executablePath: await chromium.executablePath(),
      args: [...quiet, ...sandbox, "--disable-dev-shm-usage"],
    },
  };
}
