import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

interface Look {
  /** A selector: what is looked at. */
  readonly part?: string;
  /** Rules that do not count. */
  readonly except?: string[];
  /** Sets of rules: those alone. */
  readonly tags?: string[];
}

/** The rules whose outcome depends on colours. */
const ofColours = ["color-contrast", "link-in-text-block"];

/**
 * Asserts that axe finds nothing against a page or a part of it, in light and in dark. It looks in its legacy mode, which opens no second
 * page for its report: no page of ours has a frame that would need one.
 */
export async function expectNoBarriers(page: Page, { part, except = [], tags }: Look = {}): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    if (part !== undefined) axe.include(part);
    if (colorScheme === "dark") axe.withRules(ofColours);
    else {
      axe.disableRules(except);
      if (tags !== undefined) axe.withTags(tags);
    }
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(found, `${colorScheme} ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
