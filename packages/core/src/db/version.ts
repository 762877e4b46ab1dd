/** The versions that a write may replace; any, when the caller states none. */
export type ExpectedVersions = readonly number[] | undefined;

/** The condition that an item exists, in one of the versions expected. */
export const versionCondition = (expected: ExpectedVersions) =>
  expected ? { attr: "version" as const, in: [...expected] } : { attr: "version" as const, exists: true as const };

/** The condition that there is no item of this key. */
export const isNew = { attr: "version", exists: false } as const;
