import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";

/** Prevents requests to the browser's vendor, which only cost time in a network without internet access. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** Paths of installed browsers by platform, in order of preference. */
const installed: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<string, string>>>>> = {
  darwin: {
    "Google Chrome": "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge": "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    Chromium: "/Applications/Chromium.app/Contents/MacOS/Chromium",
  },
  linux: {
    "Google Chrome": "/opt/google/chrome/chrome",
    "Microsoft Edge": "/opt/microsoft/msedge/msedge",
    Chromium: "/usr/bin/chromium",
  },
};

export interface TestBrowser {
  readonly name: string;
  readonly executablePath: string;
}

/**
 * Finds the browser for tests and screenshots. On Linux x64 it is the Chromium of an npm package, so nothing has to be
 * installed. Elsewhere it is an installed Chrome, Edge or Chromium, or otherwise Playwright's own Chromium.
 *
 * @throws an error that says what to install
 */
export async function findBrowser(
  platform: NodeJS.Platform = process.platform,
  architecture: string = process.arch,
  exists: (file: string) => boolean = existsSync,
): Promise<TestBrowser> {
  if (platform === "linux" && architecture === "x64") {
    const { default: packaged } = await import("@sparticuz/chromium");
    return { name: "Chromium from npm", executablePath: await packaged.executablePath() };
  }
  const candidates = { ...installed[platform], "Playwright's Chromium": chromium.executablePath() };
  for (const [name, executablePath] of Object.entries(candidates))
    if (exists(executablePath)) return { name, executablePath };
  throw new Error(
    `The browser tests need Chrome, Edge or Chromium on ${platform}-${architecture}. Install one of them, for example Google Chrome. ` +
      `Looked for: ${Object.values(candidates).join(", ")}.`,
  );
}

/** Returns Playwright's launch options for that browser. */
export async function browserOptions(): Promise<LaunchOptions> {
  const { executablePath } = await findBrowser();
  const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return { executablePath, args: [...quiet, ...sandbox, "--disable-dev-shm-usage"] };
}
