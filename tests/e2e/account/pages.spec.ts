import { expectNoBarriers } from "../accessibility.ts";
import { expect, test } from "../fixtures.ts";

for (const path of ["/", "/sign-up", "/sign-in", "/confirm", "/forgot", "/reset", "/no-such-page"]) {
  test(`${path} is accessible, has a strict policy and fits a small phone`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const response = await page.goto(path);
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
    expect(response?.headers()["x-content-type-options"]).toBe("nosniff");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/\w/);
    await expectNoBarriers(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
