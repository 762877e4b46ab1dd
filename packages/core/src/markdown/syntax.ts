/// <reference path="./footnote-plugin.d.ts" />
import createParser, { type MarkdownIt, type StateBlock, type StateInline } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { deepestNesting, mostCells, TooMuchError } from "./limits.ts";
import type { Profile } from "./schema.ts";
import { addStrikethrough } from "./strikethrough.ts";

/**
 * Creates a parser for GitHub's Markdown: CommonMark with tables, strikethrough, task lists, footnotes and autolinks.
 * HTML is recognized and shown as text. The parser takes linear time, which `hostile.time.test.ts` verifies.
 */
function parserOf(profile: Profile): MarkdownIt {
  const parser = createParser({ html: true, linkify: true, maxNesting: deepestNesting });
  parser.use(footnotes);
  // Use only the plugin's rule for definitions: `footnotes.ts` shows the notes. GitHub has no `^[…]` notes.
  parser.disable(["footnote_inline", "footnote_tail"]);
  parser.inline.ruler.at("footnote_ref", findNote);
  // A comment keeps the marks of unsupported elements as text.
  if (profile === "comment") parser.disable(["table", "hr"]);
  else parser.block.ruler.before("table", "table_limit", countCells);
  addStrikethrough(parser);
  findAddresses(parser);
  return parser;
}

/**
 * Counts the cells of all tables before the parser creates them; never matches a block. Each row has as many cells as
 * the header, even if it is written shorter. Example: a header of 2 KB has 1,000 columns, so each line with one
 * character adds 1,000 cells.
 *
 * @throws TooMuchError
 */
function countCells(state: StateBlock, start: number, end: number): false {
  const line = (number: number) => state.src.slice(state.bMarks[number], state.eMarks[number]);
  if (start + 1 >= end || !/^[\s|:-]+$/.test(line(start + 1))) return false;
  const columns = line(start + 1).split("|").length;
  let rows = 1;
  while (start + rows < end && !state.isEmpty(start + rows)) rows += 1;
  const cells = Number(state.env.cells ?? 0) + columns * rows;
  if (cells > mostCells) throw new TooMuchError();
  state.env.cells = cells;
  return false;
}

/** Replaces the plugin's rule, which finds no note in the text of a link, and searches the whole text for a bracket. */
function findNote(state: StateInline, silent: boolean): boolean {
  const [mark = "", label = ""] = /^\[\^([^\]\s]{1,200})\]/.exec(state.src.slice(state.pos, state.pos + 203)) ?? [];
  if (silent || label === "" || !isDefined(state, label)) return false;
  state.push("footnote_ref", "", 0).meta = { label };
  state.pos += mark.length;
  return true;
}

/**
 * Returns whether a note is defined. The plugin stores defined labels in `env.footnotes.refs`, each prefixed by a
 * colon.
 */
function isDefined({ env }: StateInline, label: string): boolean {
  const { footnotes } = env;
  if (typeof footnotes !== "object" || footnotes === null || !("refs" in footnotes)) return false;
  return typeof footnotes.refs === "object" && footnotes.refs !== null && Object.hasOwn(footnotes.refs, `:${label}`);
}

/** Links `https:`, `http:`, `www.` and mail addresses, and keeps their text as written. */
function findAddresses(parser: MarkdownIt): void {
  parser.linkify.add("//", null).add("ftp:", null);
  parser.linkify.add("www.", {
    validate(text, end, linkify) {
      const address = linkify.re.get_relative_proto_validator();
      address.lastIndex = end - "www.".length;
      return Math.max((address.exec(text)?.[0].length ?? 0) - "www.".length, 0);
    },
    normalize(match) {
      match.url = `http://${match.url}`;
    },
  });
  // Keep the text encoded: a decoded internationalized domain can look like another one.
  parser.normalizeLinkText = (text) => text;
}

export const parsers: Readonly<Record<Profile, MarkdownIt>> = {
  article: parserOf("article"),
  comment: parserOf("comment"),
};
