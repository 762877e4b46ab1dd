/** Where two versions of a text say something else than the text that both began from, and not the same. */
interface Clash {
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export interface MergeMarks {
  readonly mine: string;
  readonly theirs: string;
  readonly end: string;
}

/** More comparisons than these are not worth the wait: then what lies between the equal ends counts as changed. */
const mostComparisons = 4_000_000;

/**
 * Brings two versions of a text together, line by line: what only one has changed is taken from it; where both have changed the same
 * lines, both stay, below each other, between the marks.
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
    // A line that all three have: what lies before it can be decided.
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

/** Which lines of one text are which of another, in order: as many as possible. */
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

/** The longest common subsequence, by the table of its lengths from each place to the end. */
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
