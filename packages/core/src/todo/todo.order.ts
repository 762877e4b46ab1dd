/**
 * Distance between todos that were moved apart, if there is room. The default order is the creation time in
 * milliseconds, so 1000 is one second. Example: if a second todo is created at order 7, the first one moves to -993.
 */
const wideGap = 1000;

/** A side of a position in a list. */
export type Side = "before" | "after";
export const sides: readonly Side[] = ["before", "after"];
export const directionOf = (side: Side) => (side === "after" ? 1 : -1);

/**
 * Returns the smallest distance to a neighbor that can still be halved a few times. A double has 53 significant bits,
 * so the distance grows with the order. Example: about 1e-12 for an order near 1, and 2^-9 (about 0.002) for an order
 * near 1.8e12, which is a current time in milliseconds.
 */
export function leastGap(order: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(order), 1)));
  return 2 ** Math.max(-40, exponent - 49);
}

/**
 * Returns new orders for the todos nearest to a position, so that they are evenly spaced. Moves as few as possible: it
 * stops at the first todo that is far enough away and leaves it in place. Returns an empty array if the spacing would
 * be too small.
 *
 * Example: `spread(0, "after", [0, 5000, 5001], true)` returns `[2500]`. The second todo is 5000 away, at least 2 ×
 * 1000, so it stays, and the first moves halfway to it. `spread(10, "after", [0, 0], true)` returns `[1010, 2010]`.
 *
 * @param from the order of the position
 * @param distances of the todos on one side, nearest first
 * @param isEnd whether there are no more todos on that side
 */
export function spread(from: number, side: Side, distances: readonly number[], isEnd: boolean): number[] {
  const edge = Number.MAX_SAFE_INTEGER - directionOf(side) * from;
  const beyond = isEnd ? [Math.min(edge, (distances.length + 1) * wideGap)] : [];
  const fixed = [...distances, ...beyond];
  const wide = fixed.findIndex((distance, i) => distance >= (i + 1) * wideGap);
  const moved = wide === -1 ? fixed.length - 1 : wide;
  const step = (fixed[moved] ?? 0) / (moved + 1);
  if (step < 2 * leastGap(from)) return [];
  return fixed.slice(0, moved).map((_, i) => from + directionOf(side) * (i + 1) * step);
}
