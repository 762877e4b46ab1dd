import { diff3Merge } from "node-diff3";

export interface MergeMarks {
  readonly mine: string;
  readonly theirs: string;
  readonly end: string;
}

/** Maximum number of equal pairs of blocks to compare. Two texts of 500 equal lines have 250,000. */
const mostPairs = 250_000;

/**
 * Merges two versions of a text by line (three-way merge). A change of one side is taken. Where both sides changed the
 * same lines, both stay, one below the other, between the marks. Example: base "a b c", mine "a x c", theirs "a y c"
 * gives "a < x = y > c", with one word per line.
 */
export function mergeLines(base: string, mine: string, theirs: string, marks: MergeMarks): string {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const [before, ours, others] = [blocksOf(base), blocksOf(mine), blocksOf(theirs)];
  const isBounded = equalPairs(before, ours) <= mostPairs && equalPairs(before, others) <= mostPairs;
  const regions = isBounded ? diff3Merge(ours, before, others) : [{ ok: undefined, conflict: { a: ours, b: others } }];
  const merged = regions.flatMap(({ ok, conflict }) =>
    conflict ? [marks.mine, ...conflict.a, marks.theirs, ...conflict.b, marks.end] : (ok ?? []),
  );
  return merged.join("\n");
}

/**
 * Splits a text into lines, each with the empty lines below it. Empty lines alone would be equal to each other, and
 * the merge takes time for each pair of equal lines. Example: "a\n\nb" gives "a\n" and "b".
 */
const blocksOf = (text: string): string[] => text.split(/\n(?!\n|$)/);

/** The work of a merge grows with this number. Example: "a a b" and "a a" have 4 equal pairs. */
function equalPairs(one: readonly string[], other: readonly string[]): number {
  const counts = Map.groupBy(one, (block) => block);
  return other.reduce((sum, block) => sum + (counts.get(block)?.length ?? 0), 0);
}
