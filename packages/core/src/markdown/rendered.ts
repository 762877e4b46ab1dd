import type { Heading } from "./headings.ts";

/** Raise it whenever the same Markdown gives other HTML: what an older renderer has made is not shown any more. */
export const rendererVersion = 2;

/** An article as HTML, for its readers. */
export interface RenderedArticle {
  /** For its page: with classes, and with addresses on the page's own origin. */
  readonly html: string;
  /** For feeds: without classes, and with absolute URLs. */
  readonly feedHtml: string;
  readonly headings: readonly Heading[];
}
