import type { Heading } from "./headings.ts";

/**
 * Version of the renderer. Raise it when the same Markdown renders differently: HTML of an older version is not served.
 */
export const rendererVersion = 3;

/** An article rendered as HTML. */
export interface RenderedArticle {
  /** HTML for the article's page: with classes, and with URLs on the page's origin. */
  readonly html: string;
  /** HTML for feeds: without classes, and with absolute URLs. */
  readonly feedHtml: string;
  readonly headings: readonly Heading[];
}
