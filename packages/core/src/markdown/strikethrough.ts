import type { MarkdownIt, StateInline, Token } from "markdown-it";

const tilde = 0x7e;

/**
 * Returns the delimiter marker for a run of tildes. One or two tildes strike through, as on GitHub, and the same number
 * closes the run. The parser pairs runs with the same `marker`.
 */
const markerOf = (length: number) => tilde + 0x1_0000 * length;

/** Replaces the parser's strikethrough, which only supports two tildes. */
export function addStrikethrough(parser: MarkdownIt): void {
  parser.inline.ruler.at("strikethrough", findRun);
  parser.inline.ruler2.at("strikethrough", (state) => {
    pair(state, state.delimiters);
    for (const meta of state.tokens_meta) if (meta?.delimiters) pair(state, meta.delimiters);
    return false;
  });
}

function findRun(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== tilde) return false;
  const { length, can_open: open, can_close: close } = state.scanDelims(state.pos, true);
  const token = state.push("text", "", 0);
  token.content = "~".repeat(length);
  state.pos += length;
  // Three or more tildes are text.
  if (length > 2) return true;
  state.delimiters.push({ marker: markerOf(length), length: 0, token: state.tokens.length - 1, end: -1, open, close });
  return true;
}

function pair(state: StateInline, delimiters: StateInline["delimiters"]): void {
  for (const { marker, end, token } of delimiters) {
    const closing = end === -1 ? undefined : delimiters[end];
    if (!closing || (marker !== markerOf(1) && marker !== markerOf(2))) continue;
    mark(state.tokens[token], 1);
    mark(state.tokens[closing.token], -1);
  }
}

function mark(token: Token | undefined, nesting: 1 | -1): void {
  if (!token) return;
  Object.assign(token, { type: nesting === 1 ? "s_open" : "s_close", tag: "del", nesting, content: "" });
}
