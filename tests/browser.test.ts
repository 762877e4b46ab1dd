import { chromium } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { findBrowser } from "./e2e/browser.ts";

const only =
  (...files: readonly string[]) =>
  (file: string) =>
    files.includes(file);
const edge = "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
const chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

describe("the browser for tests", () => {
  it("is the Chromium from npm on Linux x64", async () => {
    expect(await findBrowser("linux", "x64", only())).toMatchObject({ name: "Chromium from npm" });
  });

  it("is an installed Chrome on macOS, or otherwise Edge", async () => {
    expect(await findBrowser("darwin", "arm64", only(edge, chrome))).toEqual({
      name: "Google Chrome",
      executablePath: chrome,
    });
    expect(await findBrowser("darwin", "x64", only(edge))).toEqual({ name: "Microsoft Edge", executablePath: edge });
  });

  it("is an installed Chromium on Linux on Arm, or otherwise Playwright's own", async () => {
    const own = chromium.executablePath();
    expect(await findBrowser("linux", "arm64", only("/usr/bin/chromium", own))).toMatchObject({ name: "Chromium" });
    expect(await findBrowser("linux", "arm64", only(own))).toEqual({
      name: "Playwright's Chromium",
      executablePath: own,
    });
  });

  it("throws an error that says what to install if there is none", async () => {
    await expect(findBrowser("darwin", "arm64", only())).rejects.toThrow(
      /need Chrome, Edge or Chromium on darwin-arm64\. Install one.*Looked for: .*Google Chrome/,
    );
  });
});
