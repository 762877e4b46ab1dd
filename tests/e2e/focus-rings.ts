import { expect, type Page } from "@playwright/test";

/**
 * Asserts that the focus ring of every visible control is fully visible: no ancestor and no edge of the window cuts it
 * off.
 */
export async function expectWholeFocusRings(page: Page): Promise<void> {
  // The browser shows the ring of a focus by script only after one by keyboard.
  await page.keyboard.press("Tab");
  const cut = await page.evaluate(async () => {
    const controls = "a[href], button, input, textarea, select, [tabindex]:not([tabindex='-1'])";
    const clips = (style: CSSStyleDeclaration) =>
      style.overflowX !== "visible" ||
      style.overflowY !== "visible" ||
      style.contentVisibility === "auto" ||
      style.contain.includes("paint");
    const before = document.activeElement;
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      control.focus();
      control.scrollIntoView({ block: "center", inline: "nearest" });
      await Promise.all(control.getAnimations().map(({ finished }) => finished));
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(control);
      if (document.activeElement !== control || outlineStyle === "none") continue;
      const reach = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset) - 0.5;
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const ring = { left: left - reach, right: right + reach, top: top - reach, bottom: bottom + reach };
      const isWithin = (box: { left: number; right: number; top: number; bottom: number }) =>
        ring.left >= box.left && ring.right <= box.right && ring.top >= box.top && ring.bottom <= box.bottom;
      const boxes = [{ left: 0, right: document.documentElement.clientWidth, top: 0, bottom: innerHeight }];
      const isFixed = (element: Element) => getComputedStyle(element).position === "fixed";
      for (let each = control; each.parentElement && !isFixed(each); each = each.parentElement) {
        const parent = each.parentElement;
        if (parent !== document.documentElement && parent !== document.body && clips(getComputedStyle(parent)))
          boxes.push(parent.getBoundingClientRect());
      }
      if (!boxes.every(isWithin)) found.push(control.ariaLabel ?? (control.textContent || control.outerHTML));
    }
    if (before instanceof HTMLElement) before.focus();
    return found;
  });
  expect(cut, `focus rings on ${page.url()}`).toEqual([]);
}
