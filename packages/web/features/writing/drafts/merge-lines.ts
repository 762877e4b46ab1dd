/** A range of lines that both versions changed differently. Example: base "b", mine "x", theirs "y". */
interface Clash {
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export interface MergeMarks {
  readonly mine: string;
  readonly theirs: string;
  readonly end: string;
}

/**
 * Maximum comparisons for the longest common subsequence. Beyond it, everything between the common start and end
 * counts as changed. Example: two unrelated texts of 5,000 lines would need 25 million.
 */
const mostComparisons = 4_000_000;

/**
 * Merges two versions of a text by line (three-way merge). A change of one side is taken. Where both sides changed the
 * same lines, both stay, one below the other, between the marks. Example: base "a b c", mine "a x c", theirs "a y c"
 * gives "a < x = y > c", with one word per line.
 */
export function mergeLines(base: string, mine: string, theirs: string, marks: MergeMarks): string {
  const lines = { base: base.split("\n"), mine: mine.split("\n"), theirs: theirs.split("\n") };
  const inMine = pairs(lines.base, lines.mine);
  const inTheirs = pairs(lines.base, lines.theirs);
  const merged: string[] = [];
  const at = { base: 0, mine: 0, theirs: 0 };
  const takeUpTo = (base: number, mine: number, theirs: number) => {
    const before = lines.base.slice(at.base, base);
    const clash = { mine: lines.mine.slice(at.mine, mine), theirs: lines.theirs.slice(at.theirs, theirs) };
    merged.push(...settled(before, clash, marks));
    Object.assign(at, { base, mine, theirs });
  };
  for (const [i, line] of lines.base.entries()) {
    const [m, t] = [inMine.get(i), inTheirs.get(i)];
    // A line that all three texts share. The lines before it can be merged. Example: in "a b c", "a x c" and "a b c d",
    // "c" ends the range "b".
    if (m === undefined || t === undefined) continue;
    takeUpTo(i, m, t);
    merged.push(line);
    Object.assign(at, { base: i + 1, mine: m + 1, theirs: t + 1 });
  }
  takeUpTo(lines.base.length, lines.mine.length, lines.theirs.length);
  return merged.join("\n");
}

function settled(before: readonly string[], { mine, theirs }: Clash, marks: MergeMarks): readonly string[] {
  if (isEqual(mine, theirs) || isEqual(before, theirs)) return mine;
  if (isEqual(before, mine)) return theirs;
  return [marks.mine, ...mine, marks.theirs, ...theirs, marks.end];
}

const isEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, i) => line === b[i]);

/**
 * Maps line numbers of one text to those of another for a longest possible list of common lines, in order. Example:
 * "a b c" and "a c" give 0→0 and 2→1.
 */
function pairs(from: readonly string[], to: readonly string[]): Map<number, number> {
  const found = new Map<number, number>();
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    found.set(start, start);
    start += 1;
  }
  let [endFrom, endTo] = [from.length, to.length];
  while (endFrom > start && endTo > start && from[endFrom - 1] === to[endTo - 1]) {
    endFrom -= 1;
    endTo -= 1;
    found.set(endFrom, endTo);
  }
  const [a, b] = [from.slice(start, endFrom), to.slice(start, endTo)];
  if (a.length * b.length <= mostComparisons) for (const [i, j] of commonLines(a, b)) found.set(start + i, start + j);
  return found;
}

/**
 * Returns the longest common subsequence as index pairs. `lengths` holds its length for each pair of suffixes.
 * Example: for "b c" and "c d", the result is [[1, 0]].
 */
function commonLines(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
  const common: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      common.push([i, j]);
      i += 1;
      j += 1;
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}
