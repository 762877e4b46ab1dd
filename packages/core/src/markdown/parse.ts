import type { Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { cleanText } from "../clean-text.ts";
import { setDirections } from "./directions.ts";
import { element, text } from "./hast.ts";
import { addHeadingIds } from "./headings.ts";
import { mostBrackets, TooMuchError } from "./limits.ts";
import { markLinks, unnestLinks } from "./links.ts";
import { arrangePictures } from "./pictures.ts";
import { type Profile, schemas } from "./schema.ts";
import { parsers } from "./syntax.ts";
import { treeOf } from "./tokens-to-hast.ts";

/**
 * Parses Markdown into a sanitized tree with ids on headings, `media:` URLs on pictures and code without colors. Takes
 * linear time. Never throws: a text that exceeds `limits.ts` is shown as written. The text is cleaned again, because it
 * may be older than the rule that the API cleans texts.
 */
export function parseMarkdown(source: string, profile: Profile): Root {
  const read = treeIn(cleanText(source), profile);
  if (profile === "article") addHeadingIds(read);
  const tree = arrangePictures(read, profile);
  unnestLinks(tree);
  markLinks(tree, profile);
  const clean = sanitize(tree, schemas[profile]);
  return setDirections(clean.type === "root" ? clean : { type: "root", children: [] });
}

function treeIn(source: string, profile: Profile): Root {
  try {
    if (source.split("[").length > mostBrackets[profile]) throw new TooMuchError();
    return treeOf(parsers[profile].parse(source, {}), profile);
  } catch (error) {
    if (error instanceof TooMuchError) return asWritten(source);
    throw error;
  }
}

/** Renders a text that exceeds a limit as preformatted text, which keeps its lines. */
export const asWritten = (source: string): Root => ({ type: "root", children: [element("pre", {}, [text(source)])] });
