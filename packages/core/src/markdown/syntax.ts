/// <reference path="./footnote-plugin.d.ts" />
import createParser, { type MarkdownIt, type StateBlock, type StateInline } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { deepestNesting, mostCells, TooMuchError } from "./limits.ts";
import type { Profile } from "./schema.ts";
import { addStrikethrough } from "./strikethrough.ts";

/**
 * GitHub's Markdown: CommonMark with tables, strikethrough, task lists, footnotes, and links from bare addresses. HTML is told apart, to be
 * shown as text. The parser takes time in proportion to the length of a text; `hostile.time.test.ts` holds it to that.
 */
function parserOf(profile: Profile): MarkdownIt {
  const parser = createParser({ html: true, linkify: true, maxNesting: deepestNesting });
  parser.use(footnotes);
  // Of the plugin, only the rule that finds definitions: `notes.ts` decides where they are shown. `^[…]` is not GitHub's.
  parser.disable(["footnote_inline", "footnote_tail"]);
  parser.inline.ruler.at("footnote_ref", findNote);
  // A comment keeps the marks of what it cannot hold.
  if (profile === "comment") parser.disable(["table", "hr"]);
  else parser.block.ruler.before("table", "table_limit", countCells);
  addStrikethrough(parser);
  findAddresses(parser);
  return parser;
}

/**
 * Finds no block; adds up the cells of all tables before the parser makes them. A row is as wide as its head, however short it is written:
 * a head of 2 KB makes 1,000 cells of each line of one character.
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

/** Replaces the plugin's own rule, which finds no note in the text of a link, and reads to the end of a text for a bracket. */
function findNote(state: StateInline, silent: boolean): boolean {
  const [mark = "", label = ""] = /^\[\^([^\]\s]{1,200})\]/.exec(state.src.slice(state.pos, state.pos + 203)) ?? [];
  if (silent || label === "" || !isDefined(state, label)) return false;
  state.push("footnote_ref", "", 0).meta = { label };
  state.pos += mark.length;
  return true;
}

/** The plugin keeps the labels that are defined in `env.footnotes.refs`, each behind a colon. */
function isDefined({ env }: StateInline, label: string): boolean {
  const { footnotes } = env;
  if (typeof footnotes !== "object" || footnotes === null || !("refs" in footnotes)) return false;
  return typeof footnotes.refs === "object" && footnotes.refs !== null && Object.hasOwn(footnotes.refs, `:${label}`);
}

/** Links `https:`, `http:` and `www.` addresses and those of mail, and leaves their text as the author wrote it. */
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
  // By default the text is decoded, and an internationalised domain could be made to look like another.
  parser.normalizeLinkText = (text) => text;
}

export const parsers: Readonly<Record<Profile, MarkdownIt>> = {
  article: parserOf("article"),
  comment: parserOf("comment"),
};
