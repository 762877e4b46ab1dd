/** Returns the value below which a share of the values lies, such as 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Returns the median with the middle half of the values, such as `112 (108–119)`. */
export function spread(values: readonly number[], digits = 0): string {
  const [low, mid, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits));
  return `${mid} (${low}–${high})`;
}
