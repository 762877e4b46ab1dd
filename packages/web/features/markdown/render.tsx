import { makeAccessible } from "@daybook/core/markdown/accessible";
import { type Heading, headingsOf } from "@daybook/core/markdown/headings";
import { highlight } from "@daybook/core/markdown/highlight";
import { parseMarkdown } from "@daybook/core/markdown/parse";
import type { Profile } from "@daybook/core/markdown/schema";
import { markdown } from "@daybook/core/markdown/words";
import type { Root } from "hast";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import type { ComponentProps, ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { Picture, type PictureData } from "../../lib/ui/picture.tsx";

/** A text as it is shown, and its table of contents. */
export interface RenderedText {
  readonly content: ReactNode;
  readonly headings: readonly Heading[];
}

/**
 * Renders Markdown as elements, the same for a page and for its preview.
 * @param pictures those that the text may refer to by `media:` and their id; others are said to be missing
 * @param options.eager whether its first picture is among the first that a reader sees
 */
export async function renderMarkdown(
  source: string,
  profile: Profile,
  pictures: readonly PictureData[] = [],
  { eager = true } = {},
): Promise<RenderedText> {
  const tree = parseMarkdown(source, profile);
  // A page has many comments, of many people, who may want it to take long.
  if (profile === "article") await highlight(tree);
  makeAccessible(tree);
  return { content: toElements(tree, pictures, eager), headings: headingsOf(tree) };
}

/** At most as wide as the column of the text. */
const sizes = "(min-width: 46rem) 42rem, 100vw";

function toElements(tree: Root, pictures: readonly PictureData[], eager: boolean): ReactNode {
  return toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    // The page's policy forbids styles.
    tableCellAlignToStyle: false,
    components: {
      img({ src, alt, loading }: ComponentProps<"img">) {
        const picture = pictures.find(({ id }) => src === `media:${id}`);
        if (!picture) return <span className="missing-picture">{alt || markdown.missingPicture}</span>;
        return <Picture picture={picture} alt={alt ?? ""} sizes={sizes} eager={eager && loading === "eager"} />;
      },
    },
  });
}
