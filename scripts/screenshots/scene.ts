import type { Page } from "@playwright/test";

/** Screen width of a scene. */
export type Size = "wide" | "phone";

/** A state of the product to take a picture of. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Actions that lead from the loaded page to the pictured state. */
  readonly act?: (page: Page) => Promise<void>;
  /** Restores the state from before `act`. */
  readonly undo?: (page: Page) => Promise<void>;
  /** Runs before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Whether to take the whole page instead of its first screen. */
  readonly whole?: boolean;
  /** Takes the picture only at this width. Both widths by default. */
  readonly only?: Size;
}

export const headingOf = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
