/** The distance that todos are moved apart to where there is room: a second, for an order is the time in milliseconds by default. */
const wideGap = 1000;

/** A side of a place in a list. */
export type Side = "before" | "after";
export const sides: readonly Side[] = ["before", "after"];
export const directionOf = (side: Side) => (side === "after" ? 1 : -1);

/** The distance between two orders that is too small to halve a few more times: a double has 53 bits, wherever they begin. */
export function leastGap(order: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(order), 1)));
  return 2 ** Math.max(-40, exponent - 49);
}

/**
 * New orders for the todos nearest to a place, so that all of them are well apart: as few as possible, up to the first that has room
 * enough on this side of it.
 *
 * @param distances of the todos on one side, nearest first
 * @param isEnd whether there are no more of them on that side
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
