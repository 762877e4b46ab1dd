import "../../lib/ui/picture.css";
import { makeAccessible } from "@daybook/core/markdown/accessible";
import { completeArticle } from "@daybook/core/markdown/article";
import { type Heading, headingsOf } from "@daybook/core/markdown/headings";
import { parseMarkdown } from "@daybook/core/markdown/parse";
import type { Profile } from "@daybook/core/markdown/schema";
import type { PictureData } from "@daybook/core/media/media.sources";
import type { Root } from "hast";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import type { ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

/** A rendered text, and its table of contents. */
export interface RenderedText {
  readonly content: ReactNode;
  readonly headings: readonly Heading[];
}

/**
 * Renders Markdown as elements, identically for a page and for its preview.
 * @param pictures those that the text may reference as `media:` and an id; other references are shown as missing
 * @param options.eager whether to load the first picture eagerly, because readers see it first
 */
export async function renderMarkdown(
  source: string,
  profile: Profile,
  pictures: readonly PictureData[] = [],
  { eager = true } = {},
): Promise<RenderedText> {
  const parsed = parseMarkdown(source, profile);
  // Comments are not highlighted, because a page has many of them.
  const tree = profile === "article" ? await completeArticle(parsed, { pictures, eager }) : makeAccessible(parsed);
  return { content: toElements(tree), headings: headingsOf(tree) };
}

/** Without inline styles, which the content security policy forbids. */
const toElements = (tree: Root): ReactNode => toJsxRuntime(tree, { Fragment, jsx, jsxs, tableCellAlignToStyle: false });
