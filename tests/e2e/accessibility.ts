import { expect, type Page } from "@playwright/test";
import { violationsOf } from "../axe.ts";

interface Look {
  /** The selector of the part to check. */
  readonly part?: string;
  /** The rules to ignore. */
  readonly except?: string[];
  /** The tags of the rules to check; all rules by default. */
  readonly tags?: string[];
}

/** The rules whose result depends on colors. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** Finds what the HTML standard forbids and axe does not report. Runs in the page. */
function htmlFaults(): string[] {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `The id ${id} is not unique`);
  const both = [...document.querySelectorAll("[disabled][aria-disabled]")].map(({ outerHTML }) => outerHTML);
  return [...twice, ...both];
}

/** Asserts that axe finds no violations in a page or a part of it, in the light and the dark theme. */
export async function expectNoBarriers(page: Page, { part, except = [], tags }: Look = {}): Promise<void> {
  expect(await page.evaluate(htmlFaults), page.url()).toEqual([]);
  const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const options = { light: { rules, ...(tags && { runOnly: tags }) }, dark: { runOnly: ofColours } };
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // The editor's shadow root has its new colors when all transitions have ended.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await violationsOf(page, options[colorScheme], part), `${colorScheme} ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
