import type { Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

/**
 * Returns the violations that axe finds in a page or in a part of it, with their elements. Loads axe into the page
 * once: the builder of `@axe-core/playwright` loads it for every run, which takes several times as long as the run.
 */
export async function violationsOf(
  page: Page,
  options: RunOptions = {},
  part: string | { readonly exclude: string[] } = "html",
) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([context, settings]) => {
      const loaded: typeof axe = Reflect.get(window, "axe");
      const { violations } = await loaded.run(context, { resultTypes: ["violations"], ...settings });
      return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)] as const);
    },
    [part, options] as const,
  );
}
